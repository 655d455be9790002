namespace MesosDocker.Mesos;

/// <summary>
/// The id that an agent gives a container (a UUID; other callers give other words). It becomes the name of a directory and part of
/// a container's name, so only ids that are safe as both exist as values of this type.
/// </summary>
public readonly record struct ContainerId
{
    private const int MaxLength = 200;

    private ContainerId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerIdInvalid"/>: empty, too long, or with a character that is
    /// not a letter, a digit or one of <c>. _ -</c>, or starting with a dot or a dash.</exception>
    public static ContainerId Parse(string? text)
        => TryParse(text, out ContainerId id)
            ? id
            : throw new MesosDockerException(
                Fault.ContainerIdInvalid,
                $"The container id {Quote(text)} is refused: an id is 1 to {MaxLength} letters, digits, '.', '_' and '-', and starts with a letter or a digit.");

    public static bool TryParse(string? text, out ContainerId id)
    {
        bool safe = text is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterOrDigit(text[0]) && text.All(IsSafe);
        id = safe ? new ContainerId(text!) : default;
        return safe;
    }

    public override string ToString() => Value;

    private static bool IsSafe(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';

    // An id can be hostile in length and content; it is shown, but never at full length and never raw.
    private static string Quote(string? text)
    {
        const int Shown = 60;
        if (string.IsNullOrEmpty(text))
        {
            return "''";
        }

        string head = text.Length > Shown ? text[..Shown] + "..." : text;
        return $"'{string.Concat(head.Select(static c => char.IsControl(c) ? '?' : c))}'";
    }
}
