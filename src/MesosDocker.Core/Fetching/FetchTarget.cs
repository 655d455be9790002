namespace MesosDocker.Fetching;

/// <summary>Where the files of a task go.</summary>
internal sealed record FetchTarget
{
    /// <summary>The sandbox, an absolute path to a directory that is there and is no link.</summary>
    public required string Directory { get; init; }

    /// <summary>Whose everything fetched becomes, and with whose rights local files are read. Null: our own.</summary>
    public SandboxOwner? Owner { get; init; }

    /// <summary>
    /// The task's disk, in bytes: no more than this is fetched and unpacked. Null: as much as the file system has.
    /// </summary>
    public long? SizeLimit { get; init; }

    /// <summary>Others may be fetching to it at this moment: what looks like left by a fetch that was killed may be theirs.</summary>
    public bool IsShared { get; init; }
}

/// <param name="Name">The user's name, which <c>mesos-fetcher</c> wants; null where it is not known.</param>
internal sealed record SandboxOwner(uint User, uint Group, string? Name);
