using System.Text;
using System.Text.RegularExpressions;

namespace MesosDocker.Docker;

/// <summary>
/// The rules of a <c>.dockerignore</c> (docs.docker.com/build/concepts/context, "dockerignore files"): the last pattern that matches a
/// path, or a directory above it, decides; one with <c>!</c> before it takes back in.
/// </summary>
internal sealed class IgnorePatterns
{
    private const int LongestPattern = 4096;

    private readonly IReadOnlyList<Pattern> _patterns;

    private IgnorePatterns(IReadOnlyList<Pattern> patterns) => _patterns = patterns;

    public static IgnorePatterns None { get; } = new([]);

    /// <summary>Something in a directory that is left out may yet be taken in.</summary>
    public bool HasExceptions => _patterns.Any(static pattern => pattern.IsException);

    /// <param name="source">The file's path, for errors.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>: a pattern that is none.</exception>
    public static IgnorePatterns Parse(string text, string source)
    {
        var patterns = new List<Pattern>();
        string[] lines = text.TrimStart('\uFEFF').Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith('#') || lines[i].Trim() is not { Length: > 0 } line)
            {
                continue;
            }

            bool isException = line[0] == '!';
            string path = Clean(isException ? line[1..].Trim() : line);
            if (path.Length > 0)
            {
                patterns.Add(new Pattern(isException, Compile(path) ?? throw Refuse(source, i + 1, line)));
            }
            else if (line == "!")
            {
                throw Refuse(source, i + 1, line);
            }

            // What is left is ".", which has never meant anything.
        }

        return new IgnorePatterns(patterns);
    }

    /// <param name="path">From the context's root, with slashes.</param>
    public bool Excludes(string path)
    {
        bool excluded = false;
        foreach (Pattern pattern in _patterns)
        {
            // Only what would change the answer is worth a look.
            if (pattern.IsException == excluded && MatchesPathOrParent(pattern.Match, path))
            {
                excluded = !excluded;
            }
        }

        return excluded;
    }

    private static bool MatchesPathOrParent(Regex pattern, string path)
    {
        for (int end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (pattern.IsMatch(path.AsSpan(0, end)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] != "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <returns>Null: it is no pattern.</returns>
    private static Regex? Compile(string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            return null;
        }

        var regex = new StringBuilder("^");
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    i++;
                    bool ends = i + 1 == pattern.Length;
                    i += !ends && pattern[i + 1] == '/' ? 1 : 0;
                    regex.Append(ends ? ".*" : "(.*/)?");
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when EndOfClass(pattern, i) is var end and > 0:
                    AppendClass(regex, pattern.AsSpan(i + 1, end - i - 1));
                    i = end;
                    break;
                case '[':
                    return null;
                case '\\' when i + 1 == pattern.Length:
                    return null;
                case '\\':
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        try
        {
            // Linear in the path, whatever somebody wrote.
            return new Regex(regex.Append("\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant);
        }
        catch (ArgumentException)
        {
            // A range that runs backwards.
            return null;
        }
    }

    private static int EndOfClass(string pattern, int start)
    {
        int i = start + 1;
        i += i < pattern.Length && pattern[i] == '^' ? 1 : 0;
        int first = i;
        for (; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
            {
                i++;
            }
            else if (pattern[i] == ']')
            {
                return i > first ? i : -1;
            }
        }

        return -1;
    }

    private static void AppendClass(StringBuilder regex, ReadOnlySpan<char> body)
    {
        regex.Append('[');
        for (int i = 0; i < body.Length; i++)
        {
            // An escape says itself; "^" negates in front only.
            bool escaped = body[i] == '\\';
            char c = escaped ? body[++i] : body[i];
            bool isLiteral = c is '[' or ']' or '\\' || (c == '^' && i > 0) || (escaped && c == '-');
            regex.Append(isLiteral ? "\\" : "").Append(c);
        }

        regex.Append(']');
    }

    private static MesosDockerException Refuse(string source, int line, string pattern) => new(
        Fault.FileUnreadable, $"Line {line} of '{source}' is no pattern: '{EngineWords.Clean(pattern)}'. Close its brackets, or correct what stands there.");

    private readonly record struct Pattern(bool IsException, Regex Match);
}
