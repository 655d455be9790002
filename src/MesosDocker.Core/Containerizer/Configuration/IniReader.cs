using System.Buffers;

namespace MesosDocker.Containerizer;

/// <summary>The lines of an <see cref="IniFile"/>, one after the other.</summary>
internal sealed class IniReader(string file, SettingProblems problems)
{
    // What Python's str.isspace says of bytes.
    private const string White = " \t\r\n\v\f";

    private static readonly SearchValues<char> s_white = SearchValues.Create(White);

    private readonly List<IniSection> _sections = [];
    private readonly Dictionary<(string Section, string Key), Value> _values = [];
    private string? _section;
    private Value? _open;

    public IReadOnlyList<IniSection> Sections => _sections;

    /// <summary>The last value of each key of each section, in the order of the file, references not yet resolved.</summary>
    public IReadOnlyList<IniEntry> Entries => [.. _values.Values
        .OrderBy(static value => value.Line)
        .Select(static value => new IniEntry(value.Section, value.Key, string.Join('\n', value.Lines), value.Line))];

    public void Read(string text)
    {
        int number = 0;
        int filled = 0;
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            number++;
            ReadOnlySpan<char> line = text.AsSpan(range);
            if (line.Trim(White).IsEmpty || IsComment(line))
            {
                continue;
            }

            if (++filled > IniFile.MaxLines)
            {
                problems.Add(file, number, $"a configuration has no more than {IniFile.MaxLines} lines, comments not counted");
                return;
            }

            ReadLine(line, number);
        }
    }

    private static bool IsComment(ReadOnlySpan<char> line)
    {
        if (line[0] is '#' or ';')
        {
            return true;
        }

        int end = line.IndexOfAny(s_white);
        return line[..(end < 0 ? line.Length : end)].Equals("rem", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsWhite(char c) => s_white.Contains(c);

    private void ReadLine(ReadOnlySpan<char> line, int number)
    {
        if (IsWhite(line[0]))
        {
            Continue(line.Trim(White), number);
        }
        else if (line[0] == '[' && line.IndexOf(']') is > 1 and int end)
        {
            OpenSection(line[1..end].ToString(), line[(end + 1)..].Trim(White), number);
        }
        else
        {
            OpenValue(line, number);
        }
    }

    private void Continue(ReadOnlySpan<char> line, int number)
    {
        if (_open is null)
        {
            problems.Add(file, number, "an indented line continues the value above it, and there is none: remove the indentation");
            return;
        }

        _open.Lines.Add(line.ToString());
    }

    private void OpenSection(string name, ReadOnlySpan<char> rest, int number)
    {
        _section = name;
        _open = null;
        _sections.Add(new IniSection(name, number));
        if (!rest.IsEmpty && rest[0] is not '#' and not ';')
        {
            string what = Io.Printable.Of(name, SettingProblem.LongestShown);
            problems.Note($"{file}:{number}: what follows [{what}] on its line is ignored");
        }
    }

    private void OpenValue(ReadOnlySpan<char> line, int number)
    {
        int separator = line.IndexOfAny(':', '=');
        if (separator <= 0 || _section is null)
        {
            problems.Add(file, number, separator <= 0
                ? "write 'key: value', 'key = value' or '[section]'; a comment begins with '#' in the first column"
                : "this stands before the first [section]");

            // Whatever continues a bad line is as bad, and said already.
            _open = new Value("", "", number);
            return;
        }

        string key = line[..separator].TrimEnd(White).ToString().ToLowerInvariant();
        Value? before = _values.GetValueOrDefault((_section, key));
        if (before is not null)
        {
            string what = Io.Printable.Of($"[{_section}] {key}", SettingProblem.LongestShown);
            problems.Note($"{file}:{number}: {what} replaces the one of line {before.Line}");
        }

        _open = new Value(_section, key, number);
        _open.Lines.Add(WithoutComment(line[(separator + 1)..]));
        _values[(_section, key)] = _open;
    }

    private static string WithoutComment(ReadOnlySpan<char> text)
    {
        // Only the first semicolon counts, and only behind white space, as in Python 2.
        int comment = text.IndexOf(';');
        if (comment > 0 && IsWhite(text[comment - 1]))
        {
            text = text[..comment];
        }

        ReadOnlySpan<char> value = text.Trim(White);
        return value is "\"\"" ? "" : value.ToString();
    }

    private sealed record Value(string Section, string Key, int Line)
    {
        public List<string> Lines { get; } = [];
    }
}
