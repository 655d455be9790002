namespace MesosDocker.Docker;

/// <summary>
/// A line taken apart as a POSIX shell does it, and put together for one: single and double quotes, backslashes, <c>$'…'</c>,
/// comments, and continued lines; a plain end of line separates words, too.
/// </summary>
/// <remarks>
/// Nothing is expanded. What a shell would expand (<c>$NAME</c>, <c>$(…)</c>, backticks, a leading <c>~</c>) or act on
/// (<c>; &amp; | ( ) &lt; &gt;</c>) outside quotes is refused, for taken literally it would run something else than what is meant.
/// Patterns (<c>* ? [</c>) stay as they are, as a shell leaves them where no file fits, and so does a <c>&lt;placeholder&gt;</c>.
/// </remarks>
public static class ShellWords
{
    private const string PlainMarks = "_@%+=:,./-";

    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/></exception>
    public static IReadOnlyList<string> Split(string line) => new ShellWordReader(line).ReadAll();

    /// <summary>
    /// A line that <see cref="Split"/>, and a shell, takes apart into these words; quoted only where it has to be.
    /// </summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word)
        => word.Length > 0 && word.All(IsPlain) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || PlainMarks.Contains(c);
}
