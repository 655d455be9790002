using System.Globalization;
using System.Text;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>The names that services have in ids of Marathon: lower-case letters, digits and inner dashes, each another.</summary>
internal sealed class AppNames
{
    private const string Nameless = "app";

    // Marathon's own limit is 63, and a number may follow.
    private const int Longest = 58;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public AppNames(IReadOnlyList<string> services)
    {
        IReadOnlyList<string> names = Distinct(services);
        for (int i = 0; i < names.Count; i++)
        {
            _names[services[i]] = names[i];
        }
    }

    public string this[string service] => _names[service];

    /// <summary>A name for each text, in their order; the second of the same has a number.</summary>
    public static IReadOnlyList<string> Distinct(IEnumerable<string> texts)
    {
        HashSet<string> taken = new(StringComparer.Ordinal);
        List<string> names = [];
        foreach (string name in texts.Select(Of))
        {
            string unique = name;
            for (int number = 2; !taken.Add(unique); number++)
            {
                unique = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
            }

            names.Add(unique);
        }

        return names;
    }

    /// <summary>What is no part of such a name becomes a dash.</summary>
    public static string Of(string text)
    {
        var name = new StringBuilder();
        foreach (char c in text.ToLowerInvariant())
        {
            bool isPlain = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
            if (isPlain || (name.Length > 0 && name[^1] != '-'))
            {
                name.Append(isPlain ? c : '-');
            }
        }

        string plain = name.ToString(0, Math.Min(name.Length, Longest)).Trim('-');
        return plain.Length == 0 ? Nameless : PathId.EndsReserved(plain) ? $"{plain}-{Nameless}" : plain;
    }
}
