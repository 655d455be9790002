namespace MesosDocker.Marathon;

/// <summary>Parts of an app as people write them in one word.</summary>
public static class AppWords
{
    /// <summary><c>hostname:UNIQUE</c>, <c>rack:GROUP_BY:3</c>; the value may have colons.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionValueInvalid"/></exception>
    public static IReadOnlyList<string> Constraint(string text)
    {
        string[] parts = [.. text.Split(':', 3).Select(static part => part.Trim())];
        return parts.Length >= 2 && parts.All(static part => part.Length > 0)
            ? [parts[0], parts[1].ToUpperInvariant(), .. parts[2..]]
            : throw new MesosDockerException(
                Fault.OptionValueInvalid,
                $"'{text}' is not a constraint. Write FIELD:OPERATOR or FIELD:OPERATOR:VALUE, such as hostname:UNIQUE or rack:GROUP_BY:3.");
    }

    /// <summary><c>/srv:/srv</c>, <c>/srv:/srv:ro</c>.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionValueInvalid"/></exception>
    public static Volume Volume(string text) => text.Split(':') switch
    {
        [{ Length: > 0 } host, ['/', ..] container] => Volume(host, container, "rw"),
        [{ Length: > 0 } host, ['/', ..] container, ("ro" or "rw" or "RO" or "RW") and var mode] => Volume(host, container, mode),
        _ => throw new MesosDockerException(
            Fault.OptionValueInvalid,
            $"'{text}' is not a volume. Write HOST:CONTAINER or HOST:CONTAINER:ro with an absolute path in the container, such as /srv:/srv:ro; "
                + "other kinds are written as a hashtable."),
    };

    private static Volume Volume(string host, string container, string mode)
        => new() { HostPath = host, ContainerPath = container, Mode = mode.ToUpperInvariant() };
}
