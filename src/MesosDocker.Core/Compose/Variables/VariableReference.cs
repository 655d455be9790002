using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>What stands between the braces of <c>${…}</c>.</summary>
/// <param name="Operator"><c>-</c>, <c>?</c> or <c>+</c>; 0 for none.</param>
/// <param name="EmptyIsNone">A colon stands before the operator.</param>
/// <param name="Operand">What stands behind the operator; it may have variables of its own.</param>
/// <param name="End">Where the text goes on behind the closing brace.</param>
internal readonly record struct VariableReference(string Name, char Operator, bool EmptyIsNone, string Operand, int End)
{
    private const int LongestShown = 60;

    /// <param name="from">Behind the opening brace.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static VariableReference Read(string text, int from, Place place)
    {
        int length = NameLength(text.AsSpan(from));
        string name = text.Substring(from, length);
        int at = from + length;
        if (length > 0 && at < text.Length && text[at] == '}')
        {
            return new VariableReference(name, '\0', false, "", at + 1);
        }

        bool hasColon = at < text.Length && text[at] == ':';
        at += hasColon ? 1 : 0;
        int end = EndOf(text, at);
        return length > 0 && at < text.Length && text[at] is '-' or '?' or '+' && end >= 0
            ? new VariableReference(name, text[at], hasColon, text[(at + 1)..end], end + 1)
            : throw Refused(text, from, end, place);
    }

    /// <summary>Of the name that a text begins with; 0 for none.</summary>
    public static int NameLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetter(text[length]) || text[length] == '_' || (length > 0 && char.IsAsciiDigit(text[length]))))
        {
            length++;
        }

        return length;
    }

    // Braces in a default come in pairs; where they do not, it goes on to the last one there is.
    private static int EndOf(string text, int from)
    {
        int open = 1;
        for (int i = from; i < text.Length; i++)
        {
            open += text[i] switch
            {
                '{' => 1,
                '}' => -1,
                _ => 0,
            };
            if (open == 0)
            {
                return i;
            }
        }

        int last = text.LastIndexOf('}');
        return last >= from ? last : -1;
    }

    private static MesosDockerException Refused(string text, int from, int end, Place place)
    {
        string shown = Printable.Of(end < 0 ? text[from..] : text[from..end], LongestShown);
        return new MesosDockerException(
            Fault.DefinitionInvalid,
            end < 0
                ? $"{place}: '${{{shown}' has no closing brace. If a dollar sign is meant, double it: $$."
                : $"{place}: '${{{shown}}}' is no variable. Write ${{NAME}}, ${{NAME:-default}}, ${{NAME:?message}} or ${{NAME:+instead}}; "
                    + "if a dollar sign is meant, double it: $$.");
    }
}
