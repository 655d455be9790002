namespace MesosDocker.Containerizer;

/// <summary>One value of a file, its lines joined.</summary>
/// <param name="Key">In lower case.</param>
/// <param name="Line">Where its key stands, from 1.</param>
internal sealed record IniEntry(string Section, string Key, string Value, int Line);

internal sealed record IniSection(string Name, int Line);

/// <summary>
/// A file in the format that Python 2's <c>SafeConfigParser</c> reads, which is what Deimos used: sections; <c>key: value</c> and
/// <c>key = value</c>, keys in any case; lines that begin with <c>#</c>, <c>;</c> or the word <c>rem</c> are comments, and so is
/// what follows <c> ;</c> behind a value; an indented line continues the value above; of two values for one key the later holds;
/// what <c>[DEFAULT]</c> says holds in every section; <c>%(key)s</c> is another key's value and <c>%%</c> a percent sign.
/// </summary>
/// <remarks>
/// Kinder than Python 2 in four things: a byte order mark is skipped; a percent sign that begins no reference stands for itself;
/// a value of which nothing but a comment is there is empty; and all bad lines are found, each with its number.
/// </remarks>
internal sealed class IniFile
{
    public const int MaxBytes = 1024 * 1024;
    public const int MaxLines = 10_000;
    public const int MaxValue = 64 * 1024;

    private const string DefaultSection = "DEFAULT";

    private readonly IniReferences _references;

    private IniFile(IniReader read, IniReferences references)
    {
        _references = references;
        Sections = [.. read.Sections
            .Where(static section => section.Name != DefaultSection)
            .DistinctBy(static section => section.Name)];
        Entries = [.. read.Entries.Where(static entry => entry.Section != DefaultSection)];
        Defaults = [.. read.Entries.Where(static entry => entry.Section == DefaultSection)];
    }

    /// <summary>Each once, where it stands first.</summary>
    public IReadOnlyList<IniSection> Sections { get; }

    /// <summary>What the sections say themselves, references unresolved, in the order of the file.</summary>
    public IReadOnlyList<IniEntry> Entries { get; }

    /// <summary>What holds in every section that has no such key of its own.</summary>
    public IReadOnlyList<IniEntry> Defaults { get; }

    public static IniFile Parse(string name, ReadOnlySpan<byte> content, SettingProblems problems)
    {
        var reader = new IniReader(name, problems);
        if (IniText.Decode(name, content, problems) is { } text)
        {
            reader.Read(text);
        }

        return new IniFile(reader, new IniReferences(name, reader.Entries, DefaultSection, problems));
    }

    /// <summary>The value, its references resolved in the section of the entry; null, and a problem, if they cannot be.</summary>
    public string? Resolve(IniEntry entry) => _references.Resolve(entry);

    /// <summary>Whether a value that was resolved so far refers to the key.</summary>
    public bool IsReferredTo(string key) => _references.Used.Contains(key);
}
