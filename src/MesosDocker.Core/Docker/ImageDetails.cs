using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>One image as <c>GET /images/NAME/json</c> tells it.</summary>
public sealed record ImageDetails
{
    /// <summary>With its algorithm, <c>sha256:…</c>.</summary>
    public required string Id { get; init; }

    public IReadOnlyList<string> RepoTags { get; init; } = [];

    /// <summary><c>name@sha256:…</c>, where it came from or went to a registry.</summary>
    public IReadOnlyList<string> RepoDigests { get; init; } = [];

    public DateTimeOffset? Created { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    public string? Os { get; init; }

    public string? Architecture { get; init; }

    public ImageConfig? Config { get; init; }

    internal static ImageDetails From(JsonElement json) => new()
    {
        Id = json.RequiredText("Id"),
        RepoTags = json.Texts("RepoTags") ?? [],
        RepoDigests = json.Texts("RepoDigests") ?? [],
        Created = json.Time("Created"),
        Size = json.Number("Size") ?? 0,
        Os = json.Text("Os"),
        Architecture = json.Text("Architecture"),
        Config = json.Object("Config", ImageConfig.From),
    };
}

/// <summary>What containers of an image have unless they say otherwise; of a container, what it has.</summary>
public sealed record ImageConfig
{
    /// <summary>Of a container: as it was named at its creation.</summary>
    public string? Image { get; init; }

    public string? Hostname { get; init; }

    public string? User { get; init; }

    /// <summary>It has a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Such as <c>80/tcp</c>.</summary>
    public IReadOnlyList<string> ExposedPorts { get; init; } = [];

    /// <summary><c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    public IReadOnlyList<string>? Cmd { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Paths.</summary>
    public IReadOnlyList<string> Volumes { get; init; } = [];

    public string? WorkingDir { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Null: SIGTERM.</summary>
    public string? StopSignal { get; init; }

    /// <summary>Seconds; null: the engine's ten.</summary>
    public int? StopTimeout { get; init; }

    internal static ImageConfig From(JsonElement json) => new()
    {
        Image = json.Text("Image"),
        Hostname = json.Text("Hostname"),
        User = json.Text("User"),
        Tty = json.Flag("Tty") ?? false,
        ExposedPorts = KeysOf(json, "ExposedPorts"),
        Env = json.Texts("Env") ?? [],
        Cmd = json.Texts("Cmd"),
        Entrypoint = json.Texts("Entrypoint"),
        Volumes = KeysOf(json, "Volumes"),
        WorkingDir = json.Text("WorkingDir"),
        Labels = json.TextMap("Labels") ?? new Dictionary<string, string>(),
        StopSignal = json.Text("StopSignal"),
        StopTimeout = (int?)json.Number("StopTimeout"),
    };

    /// <summary>The engine's sets are objects with empty values.</summary>
    private static IReadOnlyList<string> KeysOf(JsonElement json, string name)
        => [.. json.Map(name, static _ => Empty.Value)?.Keys ?? []];
}
