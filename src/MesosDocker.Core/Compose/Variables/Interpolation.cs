using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Replaces variables in texts (compose specification, Interpolation): <c>$NAME</c>, <c>${NAME}</c>, <c>${NAME:-default}</c>,
/// <c>${NAME:?message}</c>, <c>${NAME:+instead}</c>, each also without its colon, which then counts an empty value as a value; all of them
/// inside each other; <c>$$</c> is a dollar sign, and so is one that begins none of these.
/// </summary>
/// <param name="valueOf">Null: there is no such variable.</param>
/// <param name="unset">Is told of variables without a value and a default, for which nothing is put.</param>
internal sealed class Interpolation(Func<string, string?> valueOf, Action<string, Mark> unset)
{
    private const int LongestShown = 400;

    /// <summary>The same object if there was nothing to replace.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.VariableMissing"/>, <see cref="Fault.DefinitionInvalid"/></exception>
    public string Expand(string text, Place place)
        => text.Contains('$', StringComparison.Ordinal) ? Expand(text, place, 0) : text;

    /// <summary>The text that, expanded, is this one.</summary>
    public static string Escape(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    private string Expand(string text, Place place, int depth)
    {
        if (depth > ComposeLimits.MaxNesting)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"{place}: variables are nested deeper than {ComposeLimits.MaxNesting} levels here.");
        }

        var expanded = new StringBuilder();
        int at = 0;
        while (at < text.Length && text.IndexOf('$', at) is var dollar and >= 0)
        {
            expanded.Append(text, at, dollar - at);
            at = Take(text, dollar, expanded, place, depth);
            if (expanded.Length > DocumentLimits.MaxBytes)
            {
                throw DocumentLimits.TooHeavy(place.Mark);
            }
        }

        return expanded.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>Appends what a dollar sign stands for.</summary>
    /// <returns>Where the text goes on.</returns>
    private int Take(string text, int dollar, StringBuilder expanded, Place place, int depth)
    {
        int next = dollar + 1;
        switch (next < text.Length ? text[next] : '\0')
        {
            case '$':
                expanded.Append('$');
                return next + 1;

            case '{':
                VariableReference reference = VariableReference.Read(text, next + 1, place);
                expanded.Append(Value(reference, place, depth));
                return reference.End;

            default:
                int length = VariableReference.NameLength(text.AsSpan(next));
                expanded.Append(length == 0 ? "$" : Known(text.Substring(next, length), place));
                return next + length;
        }
    }

    private string Value(VariableReference reference, Place place, int depth)
    {
        string? value = valueOf(reference.Name) is { } said && !(reference.EmptyIsNone && said.Length == 0) ? said : null;
        return reference.Operator switch
        {
            '-' => value ?? Expand(reference.Operand, place, depth + 1),
            '+' => value is null ? "" : Expand(reference.Operand, place, depth + 1),
            '?' => value ?? throw Missing(reference, place, Expand(reference.Operand, place, depth + 1)),
            _ => Known(reference.Name, place),
        };
    }

    private string Known(string name, Place place)
    {
        if (valueOf(name) is { } value)
        {
            return value;
        }

        unset(name, place.Mark);
        return "";
    }

    private static MesosDockerException Missing(VariableReference reference, Place place, string message) => new(
        Fault.VariableMissing,
        $"{place}: the variable '{reference.Name}' must {(reference.EmptyIsNone ? "have a value that is not empty" : "be set")}"
            + (message.Length > 0 ? $": {Printable.Of(message, LongestShown)}" : "."));
}
