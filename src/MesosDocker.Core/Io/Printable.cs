using System.Globalization;
using System.Text;

namespace MesosDocker.Io;

/// <summary>Text of strangers, made fit for a terminal and a log: one line, with nothing in it that a terminal obeys.</summary>
public static class Printable
{
    /// <summary>Control characters, line separators, invisible direction marks and halves of surrogate pairs become <c>\n</c>,
    /// <c>\x1b</c> or <c>\u202e</c>.</summary>
    public static string Of(string text)
    {
        int first = FirstHarmful(text);
        if (first < 0)
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16).Append(text, 0, first);
        for (int i = first; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                safe.Append(text[i]).Append(text[++i]);
            }
            else
            {
                Append(safe, text[i]);
            }
        }

        return safe.ToString();
    }

    /// <summary>The same, and no longer than a limit.</summary>
    public static string Of(string text, int limit)
        => Of(text.Length <= limit ? text : string.Concat(text.AsSpan(0, limit), "..."));

    private static int FirstHarmful(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
            }
            else if (IsHarmful(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsHarmful(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate;

    private static void Append(StringBuilder safe, char c) => _ = c switch
    {
        '\n' => safe.Append("\\n"),
        '\r' => safe.Append("\\r"),
        '\t' => safe.Append("\\t"),
        _ when !IsHarmful(c) => safe.Append(c),
        < '\u0100' => safe.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
        _ => safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };
}
