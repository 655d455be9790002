using System.Globalization;

namespace MesosDocker.Containerizer;

/// <summary>
/// Assignments in files of <c>/etc/default</c>, which the agent's start script sources and systemd may read: one <c>NAME=VALUE</c> a line,
/// with or without <c>export</c>, the last one counts.
/// </summary>
internal static class ShellVariables
{
    private const string Export = "export ";

    /// <summary>The last value of a variable, without quotes; null if it is not set.</summary>
    public static string? Find(string text, string name)
        => text.Split('\n').LastOrDefault(line => IsAssignment(line, name)) is { } found
            ? found[(found.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim().Trim('"', '\'')
            : null;

    public static int? FindNumber(string text, string name)
        => int.TryParse(Find(text, name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Changes the last assignment, or adds one with a comment before it.</summary>
    public static string Set(string text, string name, string value, string comment)
    {
        string[] lines = text.Split('\n');
        int last = Array.FindLastIndex(lines, line => IsAssignment(line, name));
        if (last < 0)
        {
            string separator = text.Length > 0 && !text.EndsWith('\n') ? "\n" : "";
            return $"{text}{separator}# {comment}\n{name}={value}\n";
        }

        lines[last] = $"{lines[last][..(lines[last].IndexOf('=', StringComparison.Ordinal) + 1)]}{value}";
        return string.Join('\n', lines);
    }

    private static bool IsAssignment(string line, string name)
    {
        ReadOnlySpan<char> rest = line.AsSpan().TrimStart();
        rest = rest.StartsWith(Export, StringComparison.Ordinal) ? rest[Export.Length..].TrimStart() : rest;
        return rest.StartsWith(name, StringComparison.Ordinal) && rest.Length > name.Length && rest[name.Length] == '=';
    }
}
