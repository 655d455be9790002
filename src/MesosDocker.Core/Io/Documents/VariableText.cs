using System.Text;

namespace MesosDocker.Io;

/// <summary>
/// Texts with variables in them, as compose files have them: <c>${NAME}</c>, <c>${NAME:-default}</c>, <c>${NAME:?message}</c>,
/// <c>${NAME:+instead}</c>, each also without its colon, which then counts an empty value as a value; <c>$$</c> is a dollar sign.
/// </summary>
/// <remarks><c>$NAME</c> is left alone: in the commands of apps it is the shell's.</remarks>
/// <param name="valueOf">Null: there is no such variable.</param>
/// <param name="isLeft">Which references stay as they are if there is no such variable.</param>
internal sealed class VariableText(Func<string, string?> valueOf, Func<string, bool> isLeft)
{
    private const int MaxDepth = 16;

    /// <summary>The same object if nothing was replaced.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.VariableMissing"/>, <see cref="Fault.DefinitionInvalid"/></exception>
    public string Expand(string text, Mark mark)
        => text.Contains('$', StringComparison.Ordinal) ? Expand(text, mark, 0) : text;

    private string Expand(string text, Mark mark, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"{mark}: defaults of variables are nested deeper than {MaxDepth} levels here.");
        }

        var expanded = new StringBuilder();
        int at = 0;
        while (at < text.Length)
        {
            int dollar = text.IndexOf('$', at);
            if (dollar < 0 || dollar + 1 == text.Length)
            {
                break;
            }

            expanded.Append(text, at, dollar - at);
            switch (text[dollar + 1])
            {
                case '$':
                    expanded.Append('$');
                    at = dollar + 2;
                    break;

                case '{':
                    int end = EndOf(text, dollar + 2, mark);
                    expanded.Append(Value(text[(dollar + 2)..end], mark, depth));
                    at = end + 1;
                    break;

                default:
                    expanded.Append('$');
                    at = dollar + 1;
                    break;
            }

            if (expanded.Length > DocumentLimits.MaxBytes)
            {
                throw DocumentLimits.TooHeavy(mark);
            }
        }

        return expanded.Append(text, at, text.Length - at).ToString();
    }

    private string Value(string reference, Mark mark, int depth)
    {
        int length = NameLength(reference);
        string name = reference[..length];
        bool emptyIsNone = length < reference.Length && reference[length] == ':';
        int at = emptyIsNone ? length + 1 : length;
        char mode = at < reference.Length ? reference[at] : emptyIsNone ? ':' : '\0';
        if (length == 0 || mode is not ('\0' or '-' or '?' or '+'))
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid,
                $"{mark}: '${{{Printable.Of(reference, 60)}}}' is not a variable. Write ${{NAME}}, ${{NAME:-default}} or ${{NAME:?message}}; "
                    + "if the task's shell should see it, double its dollar sign: $${.");
        }

        string? value = valueOf(name) is { } said && !(emptyIsNone && said.Length == 0) ? said : null;
        string rest = mode == '\0' ? "" : reference[(at + 1)..];
        return mode switch
        {
            _ when value is null && isLeft(name) => $"${{{reference}}}",
            '+' => value is null ? "" : Expand(rest, mark, depth + 1),
            _ when value is not null => value,
            '-' => Expand(rest, mark, depth + 1),
            '?' => throw Missing(name, mark, Expand(rest, mark, depth + 1)),
            _ => throw Missing(name, mark, ""),
        };
    }

    private static MesosDockerException Missing(string name, Mark mark, string message) => new(
        Fault.VariableMissing,
        message.Length > 0
            ? $"{mark}: the variable '{name}' has no value: {message}"
            : $"{mark}: the variable '{name}' has no value. Give it with -Variable or in the environment; "
                + $"if the task's shell should see it, write $${{{name}}}.");

    // Braces inside a default belong to a reference there.
    private static int EndOf(string text, int from, Mark mark)
    {
        int open = 1;
        for (int i = from; i < text.Length; i++)
        {
            open += text[i] switch
            {
                '{' when text[i - 1] == '$' => 1,
                '}' => -1,
                _ => 0,
            };
            if (open == 0)
            {
                return i;
            }
        }

        throw new MesosDockerException(Fault.DefinitionInvalid, $"{mark}: a '${{' here has no '}}' that closes it.");
    }

    private static int NameLength(string text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetter(text[length]) || text[length] == '_' || (length > 0 && char.IsAsciiDigit(text[length]))))
        {
            length++;
        }

        return length;
    }
}
