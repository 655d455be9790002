namespace MesosDocker.Compose;

/// <summary>How an image is built (compose build specification); what is rarer is in <see cref="ComposeService.Source"/>.</summary>
public sealed record ComposeBuild
{
    /// <summary>An absolute path, or an address.</summary>
    public required string Context { get; init; }

    public string? Dockerfile { get; init; }

    public string? DockerfileInline { get; init; }

    public string? Target { get; init; }

    public string? Network { get; init; }

    /// <summary>Null: the argument has no value.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = ComposeEmpty.Pairs;

    public IReadOnlyDictionary<string, string> Labels { get; init; } = ComposeEmpty.Values;

    public IReadOnlyList<string> CacheFrom { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<string> Platforms { get; init; } = [];

    public IReadOnlyList<string> Secrets { get; init; } = [];
}
