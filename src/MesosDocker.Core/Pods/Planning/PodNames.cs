using System.Globalization;
using System.Text;

namespace MesosDocker.Pods;

/// <summary>Names that nobody else on the engine has.</summary>
internal static class PodNames
{
    // With the mark, a name of 57 characters: of what compose appends, a label of DNS has room for a little.
    private const int Readable = 48;

    // An interface of Linux has 15 characters at most.
    private const string BridgePrefix = "md";
    private const int BridgeDigits = 12;

    /// <summary>
    /// The task's id in the characters that every compose allows (lower-case letters, digits, '-' and '_', the first one no dash), and a mark of
    /// the very run: ids come again, on one engine also of several agents and frameworks.
    /// </summary>
    public static string Of(string taskId, string runId)
    {
        var name = new StringBuilder();
        foreach (char c in taskId)
        {
            char lower = char.ToLowerInvariant(c);
            bool fits = char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower) || lower == '_';
            if (name.Length == 0 ? fits && lower != '_' : true)
            {
                name.Append(fits ? lower : '-');
            }

            if (name.Length == Readable)
            {
                break;
            }
        }

        string mark = ((uint)Hash($"{taskId}\0{runId}")).ToString("x8", CultureInfo.InvariantCulture);
        return name.Length == 0 ? $"pod-{mark}" : $"{name}-{mark}";
    }

    /// <summary>Of a network's interface on the host.</summary>
    public static string OfBridge(string pod, string network)
        => BridgePrefix + Hash($"{pod}\0{network}").ToString("x16", CultureInfo.InvariantCulture)[..BridgeDigits];

    // FNV-1a: nothing secret hangs on it.
    private static ulong Hash(string text)
    {
        const ulong Basis = 14695981039346656037;
        const ulong Prime = 1099511628211;
        ulong hash = Basis;
        foreach (byte unit in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ unit) * Prime;
        }

        return hash;
    }
}
