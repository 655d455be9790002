using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>Resolves <c>%(key)s</c> and <c>%%</c> in the values of an <see cref="IniFile"/>.</summary>
internal sealed class IniReferences(string file, IReadOnlyList<IniEntry> entries, string defaultSection, SettingProblems problems)
{
    // Python's own limit; the second one keeps a small file from meaning a million words.
    private const int DeepestReference = 10;
    private const int MostReferences = 1000;

    private readonly Dictionary<(string Section, string Key), string> _values
        = entries.ToDictionary(static entry => (entry.Section, entry.Key), static entry => entry.Value);

    private readonly HashSet<string> _used = [];

    /// <summary>The keys that were referred to.</summary>
    public IReadOnlySet<string> Used => _used;

    /// <summary>Null, and a problem, if a reference leads nowhere, in a circle or to too much.</summary>
    public string? Resolve(IniEntry entry)
    {
        var expansion = new Expansion(this, entry.Section);
        if (expansion.Append(entry.Value, depth: 1) is not { } problem)
        {
            return expansion.ToString();
        }

        problems.Add(new SettingProblem
        {
            File = file, Line = entry.Line, Section = Shown(entry.Section), Key = Shown(entry.Key), Message = problem,
        });
        return null;
    }

    private static string Shown(string name) => Io.Printable.Of(name, SettingProblem.LongestShown);

    private string Defaults => defaultSection;

    private string? Find(string section, string key)
    {
        _ = _used.Add(key);
        return _values.GetValueOrDefault((section, key)) ?? _values.GetValueOrDefault((defaultSection, key));
    }

    private sealed class Expansion(IniReferences references, string section)
    {
        private readonly StringBuilder _text = new();
        private int _references;

        public override string ToString() => _text.ToString();

        /// <summary>What is wrong, or null.</summary>
        public string? Append(string value, int depth)
        {
            int at = 0;
            while (value.IndexOf('%', at) is >= 0 and int percent)
            {
                _text.Append(value, at, percent - at);
                ReadOnlySpan<char> rest = value.AsSpan(percent + 1);
                at = percent + 1;
                if (rest.StartsWith('('))
                {
                    if (AppendReference(rest, depth, out int length) is { } problem)
                    {
                        return problem;
                    }

                    at += length;
                }
                else
                {
                    _text.Append('%');
                    at += rest.StartsWith('%') ? 1 : 0;
                }
            }

            _text.Append(value, at, value.Length - at);
            return _text.Length > IniFile.MaxValue ? $"the value is longer than {Sizes.Write(IniFile.MaxValue)}" : null;
        }

        private string? AppendReference(ReadOnlySpan<char> rest, int depth, out int length)
        {
            int end = rest.IndexOf(')');
            length = end + 2;
            if (end < 2 || !rest[end..].StartsWith(")s"))
            {
                return "'%(' begins a reference to another key, such as %(root)s; write %%( where none is meant";
            }

            string key = rest[1..end].ToString().ToLowerInvariant();
            if (references.Find(section, key) is not { } value)
            {
                return $"%({Shown(key)})s refers to a key that is neither in this section nor in [{references.Defaults}]; "
                    + "write %%( where no reference is meant";
            }

            return depth == DeepestReference || ++_references > MostReferences
                ? $"%({Shown(key)})s refers to itself, or the references are too many"
                : Append(value, depth + 1);
        }
    }
}
