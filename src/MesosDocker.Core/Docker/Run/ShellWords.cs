using System.Globalization;

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
    /// A line that <see cref="Split"/>, and a shell, takes apart into these words; quoted only where it has to be. It can be shown: what a
    /// terminal would obey is written as <c>$'\033'</c> (POSIX since 2024; bash, ksh and zsh know it since long).
    /// </summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    private static string Quote(string word)
        => word.Length > 0 && word.All(IsPlain) ? word
            : word.Any(IsObeyed) ? $"$'{string.Concat(word.Select(Escape))}'"
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsObeyed(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    private static string Escape(char c) => c switch
    {
        '\'' or '\\' => $"\\{c}",
        _ when !char.IsControl(c) => c.ToString(),
        _ when char.IsAscii(c) => $"\\{Convert.ToString(c, 8).PadLeft(3, '0')}",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || PlainMarks.Contains(c);
}
