namespace MesosDocker.Fetching;

internal enum FetchMethod
{
    Copy,
    Http,
    Curl,
    Aws,
    Hadoop,
}

/// <summary>One file to fetch: what a <see cref="Mesos.CommandUri"/> comes to.</summary>
internal sealed record FetchItem
{
    /// <summary>As the task has it, passwords and all.</summary>
    public required string Uri { get; init; }

    public required FetchMethod Method { get; init; }

    /// <summary>What the method takes: a path, a URL.</summary>
    public required string Address { get; init; }

    public required SandboxPath Path { get; init; }

    public bool Executable { get; init; }

    /// <summary>None: it stays as it is.</summary>
    public ArchiveKind Archive { get; init; }

    /// <summary>The URI for people.</summary>
    public string Shown => FetchAddress.WithoutSecrets(Uri);

    /// <param name="why">The rest of the sentence, without its full stop.</param>
    public MesosDockerException Failed(string why, Exception? cause = null)
        => Fails(Fault.FetchFailed, $"cannot be fetched: {why}", cause);

    public MesosDockerException Escapes(string how) => Fails(Fault.SandboxEscape, how, null);

    private MesosDockerException Fails(Fault fault, string what, Exception? cause)
    {
        string message = $"'{Shown}' {what}.";
        return cause is null ? new MesosDockerException(fault, message) : new MesosDockerException(fault, message, cause);
    }
}
