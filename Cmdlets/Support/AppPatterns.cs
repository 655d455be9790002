using System.Management.Automation;

namespace MesosDocker.Commands;

/// <summary>Ids as people write them: from the root on or without the first slash; exact, or with wildcards.</summary>
internal static class AppPatterns
{
    public static string Absolute(string id) => id.StartsWith('/') ? id : "/" + id;

    public static bool IsPattern(string id) => WildcardPattern.ContainsWildcardCharacters(id);

    /// <summary>No patterns: everything.</summary>
    public static Func<string?, bool> Match(IReadOnlyCollection<string> patterns)
    {
        WildcardPattern[] wanted = [.. patterns.Select(static pattern => WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase))];
        return id => wanted.Length == 0 || Array.Exists(wanted, pattern => pattern.IsMatch(id ?? ""));
    }

    public static Func<string?, bool> MatchIds(IEnumerable<string> patterns) => Match([.. patterns.Select(Absolute)]);
}
