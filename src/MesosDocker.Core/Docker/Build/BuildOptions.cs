namespace MesosDocker.Docker;

/// <summary>What <c>docker build</c> can be told.</summary>
public sealed record BuildOptions
{
    public IReadOnlyList<ImageReference> Tags { get; init; } = [];

    public IReadOnlyDictionary<string, string> Arguments { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The stage to stop at; null: the last one.</summary>
    public string? Target { get; init; }

    /// <summary>Such as <c>linux/arm64</c>; null: the engine's own.</summary>
    public string? Platform { get; init; }

    /// <summary>Of the steps' containers: <c>host</c>, <c>none</c> or a network's name; null: the engine's default.</summary>
    public string? Network { get; init; }

    public bool NoCache { get; init; }

    /// <summary>Looks for newer versions of the images it starts from.</summary>
    public bool Pull { get; init; }
}

/// <summary>How far a build has come.</summary>
/// <param name="SentBytes">Of the context, not counting what archives add.</param>
/// <param name="Step">From 1; 0: the context is still being sent.</param>
/// <param name="Instruction">Of the step, as the Dockerfile has it.</param>
/// <param name="Line">The last line of output; null: there is none that is new.</param>
public sealed record BuildProgress(long SentBytes, int Step, int Steps, string Instruction, string? Line);

/// <summary>How far a push has come. Sizes are bytes, of layers as they are on the engine.</summary>
/// <param name="Image">As a person writes it.</param>
public sealed record PushProgress(string Image, string Status, int LayersDone, int Layers, long SentBytes, long KnownBytes);

/// <summary>An image that was built here.</summary>
public sealed record BuiltImage
{
    /// <summary>What to deploy it by: its first tag, else its id.</summary>
    public required string Image { get; init; }

    /// <summary><c>sha256:…</c></summary>
    public required string Id { get; init; }

    /// <summary>Of what its name stands for in the registry, <c>sha256:…</c>; null: it was not pushed.</summary>
    public string? Digest { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Bytes.</summary>
    public long Size { get; init; }
}
