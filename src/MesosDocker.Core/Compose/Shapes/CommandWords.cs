using System.Text;

namespace MesosDocker.Compose;

/// <summary>
/// A command of one text taken apart as compose does it: like a POSIX shell, with quotes and backslashes, and without anything being expanded
/// or obeyed, so that <c>&amp;&amp;</c> and <c>$HOME</c> are words like any other.
/// </summary>
internal static class CommandWords
{
    private const string EscapedInQuotes = "\"\\";

    /// <returns>Null if a quote has no end, or the text ends in a backslash.</returns>
    public static IReadOnlyList<string>? Split(string text)
    {
        List<string> words = [];
        StringBuilder? word = null;
        int at = 0;
        while (at < text.Length)
        {
            char c = text[at++];
            if (char.IsWhiteSpace(c))
            {
                End(words, ref word);
                continue;
            }

            word ??= new StringBuilder();
            bool isWhole = c switch
            {
                '\'' => TakeSingle(text, ref at, word),
                '"' => TakeDouble(text, ref at, word),
                '\\' => Take(text, ref at, word),
                _ => word.Append(c) is not null,
            };
            if (!isWhole)
            {
                return null;
            }
        }

        End(words, ref word);
        return words;
    }

    private static void End(List<string> words, ref StringBuilder? word)
    {
        if (word is not null)
        {
            words.Add(word.ToString());
            word = null;
        }
    }

    private static bool Take(string text, ref int at, StringBuilder word)
    {
        if (at == text.Length)
        {
            return false;
        }

        word.Append(text[at++]);
        return true;
    }

    private static bool TakeSingle(string text, ref int at, StringBuilder word)
    {
        int end = text.IndexOf('\'', at);
        if (end < 0)
        {
            return false;
        }

        word.Append(text, at, end - at);
        at = end + 1;
        return true;
    }

    private static bool TakeDouble(string text, ref int at, StringBuilder word)
    {
        while (at < text.Length)
        {
            char c = text[at++];
            if (c == '"')
            {
                return true;
            }

            bool isEscape = c == '\\' && at < text.Length && EscapedInQuotes.Contains(text[at]);
            word.Append(isEscape ? text[at++] : c);
        }

        return false;
    }
}
