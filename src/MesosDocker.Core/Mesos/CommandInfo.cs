namespace MesosDocker.Mesos;

/// <summary>What to run and what to fetch before: <c>mesos.CommandInfo</c> of Mesos 0.19 to 1.0.</summary>
public sealed record CommandInfo
{
    /// <summary>A shell command line if <see cref="Shell"/>, else the program's file name. Null: what the image says.</summary>
    public string? Value { get; init; }

    /// <summary>True unless the message says otherwise.</summary>
    public bool Shell { get; init; } = true;

    /// <summary>The argument vector, its first element being the program's own name, as <c>execvp</c> takes it. Unused with a shell.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public string? User { get; init; }

    public IReadOnlyList<EnvironmentVariable> Environment { get; init; } = [];

    public IReadOnlyList<CommandUri> Uris { get; init; } = [];

    /// <summary>The container message of before Mesos 0.20 (field 4), which later agents pass on as an unknown field.</summary>
    public LegacyContainer? Container { get; init; }

    /// <summary>The command line, or the words of the argument vector, for people.</summary>
    public override string ToString() => Shell ? Value ?? "" : string.Join(' ', Arguments.Count > 0 ? Arguments : [Value ?? ""]);
}

public sealed record EnvironmentVariable(string Name, string Value);

/// <summary>A file to fetch into the sandbox: <c>CommandInfo.URI</c>.</summary>
public sealed record CommandUri
{
    public required string Value { get; init; }

    public bool Executable { get; init; }

    /// <summary>Whether a recognised archive is unpacked; true unless the message says otherwise.</summary>
    public bool Extract { get; init; } = true;

    public bool Cache { get; init; }

    /// <summary>The path in the sandbox, relative; null: the last part of the URI's path.</summary>
    public string? OutputFile { get; init; }
}

/// <summary><c>CommandInfo.ContainerInfo</c>, the first container message: an image URL and options of <c>docker run</c>.</summary>
public sealed record LegacyContainer
{
    public string Image { get; init; } = "";

    public IReadOnlyList<string> Options { get; init; } = [];
}
