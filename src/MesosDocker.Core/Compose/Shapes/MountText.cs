namespace MesosDocker.Compose;

/// <summary>The short syntax of a mount (compose specification, <c>volumes</c>): <c>[source:]target[:options]</c>.</summary>
internal static class MountText
{
    public const string Wanted = "[source:]target[:options], such as data:/var/lib/data or ./conf:/etc/app:ro";

    private static readonly string[] s_propagations = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

    /// <returns>Null if it is none.</returns>
    public static ComposeMount? Read(string text)
    {
        IReadOnlyList<string> parts = Split(text);
        return parts.Any(static part => part.Length == 0) ? null : parts switch
        {
            [var target] => new ComposeMount { Kind = ComposeMountKind.Volume, Target = target },
            [var source, var target] => Mount(source, target, []),
            [var source, var target, var options] => Mount(source, target, options.Split(',')),
            _ => null,
        };
    }

    /// <summary>The target, so far as it is known before variables are replaced.</summary>
    public static string? TargetOf(string text)
    {
        List<string> parts = Split(text);
        string target = parts.Count == 1 ? parts[0] : parts[1];
        return parts.Count <= 3 && MergeLists.Literal(target) is { } literal ? ComposePaths.Clean(literal) : null;
    }

    /// <summary>The same mount with another source.</summary>
    public static string WithSource(string text, string source) => string.Join(':', Split(text).Skip(1).Prepend(source));

    public static bool IsPath(string source)
        => source is ['.' or '/' or '~', ..] || source.StartsWith(@"\\", StringComparison.Ordinal)
            || (source.Length > 2 && char.IsAsciiLetter(source[0]) && source[1] == ':' && source[2] is '\\' or '/');

    private static ComposeMount Mount(string source, string target, IReadOnlyList<string> options)
    {
        bool isPath = IsPath(source);
        return new ComposeMount
        {
            Kind = isPath ? ComposeMountKind.Bind : ComposeMountKind.Volume,
            Source = source,
            Target = target,
            IsReadOnly = options.Contains("ro"),
            IsNoCopy = options.Contains("nocopy"),
            CreatesHostPath = isPath,
            Propagation = options.LastOrDefault(static option => s_propagations.Contains(option)),
            SeLinux = options.LastOrDefault(static option => option is "z" or "Z"),
        };
    }

    // Colons inside of variables, and behind the letter of a drive, separate nothing.
    private static List<string> Split(string text)
    {
        List<string> parts = [];
        int start = 0;
        int open = 0;
        for (int i = 0; i < text.Length; i++)
        {
            open += text[i] == '{' && i > 0 && text[i - 1] == '$' ? 1 : text[i] == '}' && open > 0 ? -1 : 0;
            if (text[i] == ':' && open == 0 && !(i == start + 1 && IsDrive(text.AsSpan(start))))
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        return parts;
    }

    // c:\x, or c:/x with another path behind it; a:/x alone is a volume of one letter.
    private static bool IsDrive(ReadOnlySpan<char> text)
        => text.Length > 2 && char.IsAsciiLetter(text[0]) && text[1] == ':' && (text[2] == '\\' || (text[2] == '/' && text[3..].Contains(":/", StringComparison.Ordinal)));
}
