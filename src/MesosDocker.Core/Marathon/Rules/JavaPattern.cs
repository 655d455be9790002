namespace MesosDocker.Marathon;

/// <summary>
/// Whether Java would take a text for a regular expression. .NET's own are another language (no possessive quantifiers, no quoting with
/// <c>\Q</c>), so only what both refuse, and people really write, is found: open brackets, quantifiers of nothing, a last backslash.
/// </summary>
internal static class JavaPattern
{
    public static bool IsValid(string pattern)
    {
        int depth = 0;
        bool canRepeat = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 == pattern.Length:
                    return false;

                case '\\' when pattern[i + 1] == 'Q':
                    int end = pattern.IndexOf("\\E", i + 2, StringComparison.Ordinal);
                    i = end < 0 ? pattern.Length : end + 1;
                    canRepeat = true;
                    break;

                case '\\':
                    i = EndOfEscape(pattern, i);
                    canRepeat = true;
                    break;

                case '[':
                    i = EndOfClass(pattern, i);
                    if (i < 0)
                    {
                        return false;
                    }

                    canRepeat = true;
                    break;

                case '(':
                    depth++;
                    i = SkipGroupKind(pattern, i);
                    canRepeat = false;
                    break;

                case ')' when --depth < 0:
                    return false;

                case ')':
                    canRepeat = true;
                    break;

                case '*' or '+' or '?':
                    if (!canRepeat)
                    {
                        return false;
                    }

                    i = SkipManner(pattern, i);
                    canRepeat = false;
                    break;

                case '{':
                    int closing = EndOfCount(pattern, i);
                    if (!canRepeat || closing < 0)
                    {
                        return false;
                    }

                    i = SkipManner(pattern, closing);
                    canRepeat = false;
                    break;

                case '|':
                    canRepeat = false;
                    break;

                default:
                    canRepeat = true;
                    break;
            }
        }

        return depth == 0;
    }

    // \p{Alpha}, \x{1F600}: what is in the braces belongs to the escape.
    private static int EndOfEscape(string pattern, int start)
    {
        bool hasBraces = pattern[start + 1] is 'p' or 'P' or 'x' or 'N' && start + 2 < pattern.Length && pattern[start + 2] == '{';
        int end = hasBraces ? pattern.IndexOf('}', start) : -1;
        return end < 0 ? start + 1 : end;
    }

    // A bracket right after the opening one, or after its ^, is a character in some languages; in Java it opens or closes a class.
    private static int EndOfClass(string pattern, int start)
    {
        int depth = 0;
        for (int i = start; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;

                case '[':
                    depth++;
                    break;

                case ']' when i == start + 1 || (i == start + 2 && pattern[i - 1] == '^'):
                    break;

                case ']' when --depth == 0:
                    return i;
            }
        }

        return -1;
    }

    private static int EndOfCount(string pattern, int start)
    {
        int end = pattern.IndexOf('}', start);
        if (end < 0)
        {
            return -1;
        }

        string[] counts = pattern[(start + 1)..end].Split(',');
        bool isCount = counts is [var exact] && IsNumber(exact)
            || counts is [var least, var most] && IsNumber(least) && (most.Length == 0 || (IsNumber(most) && IsOrdered(least, most)));
        return isCount ? end : -1;
    }

    private static bool IsNumber(string text) => text.Length is > 0 and < 10 && text.All(char.IsAsciiDigit);

    private static bool IsOrdered(string least, string most)
        => int.Parse(least, System.Globalization.CultureInfo.InvariantCulture)
            <= int.Parse(most, System.Globalization.CultureInfo.InvariantCulture);

    // Reluctant (?) or possessive (+).
    private static int SkipManner(string pattern, int i) => i + 1 < pattern.Length && pattern[i + 1] is '?' or '+' ? i + 1 : i;

    private static int SkipGroupKind(string pattern, int i) => i + 1 < pattern.Length && pattern[i + 1] == '?' ? i + 1 : i;
}
