using System.Globalization;
using System.Text;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>The names that services have in ids of Marathon: lower-case letters, digits and inner dashes, each another.</summary>
internal sealed class AppNames
{
    private const string Nameless = "app";
    private const int Longest = 63;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    public AppNames(IEnumerable<string> services)
    {
        foreach (string service in services)
        {
            string name = Of(service);
            string unique = name;
            for (int number = 2; !_taken.Add(unique); number++)
            {
                unique = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
            }

            _names[service] = unique;
        }
    }

    public string this[string service] => _names[service];

    public bool Has(string service) => _names.ContainsKey(service);

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
