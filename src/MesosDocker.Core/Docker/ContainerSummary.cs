using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>One container as <c>GET /containers/json</c> lists it.</summary>
public sealed record ContainerSummary
{
    public required string Id { get; init; }

    /// <summary>Each with a slash before it; with a second slash: another container's link.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    public string? Image { get; init; }

    public string? ImageId { get; init; }

    public string? Command { get; init; }

    public DateTimeOffset Created { get; init; }

    /// <summary><c>created running paused restarting removing exited dead</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>For people: <c>Up 3 minutes</c>.</summary>
    public string? Status { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<PortSummary> Ports { get; init; } = [];

    /// <summary>Its own name, without the slash.</summary>
    public string Name => Names.FirstOrDefault(static name => name.LastIndexOf('/') == 0)?[1..] ?? "";

    internal static ContainerSummary From(JsonElement json) => new()
    {
        Id = json.RequiredText("Id"),
        Names = json.Texts("Names") ?? [],
        Image = json.Text("Image"),
        ImageId = json.Text("ImageID"),
        Command = json.Text("Command"),
        Created = DateTimeOffset.UnixEpoch.AddSeconds(json.Number("Created") ?? 0),
        State = json.Text("State") ?? "",
        Status = json.Text("Status"),
        Labels = json.TextMap("Labels") ?? new Dictionary<string, string>(),
        Ports = json.List("Ports", PortSummary.From) ?? [],
    };
}

public sealed record PortSummary
{
    /// <summary>Null: not published.</summary>
    public string? Ip { get; init; }

    public int PrivatePort { get; init; }

    public int? PublicPort { get; init; }

    /// <summary><c>tcp udp sctp</c>.</summary>
    public string? Type { get; init; }

    internal static PortSummary From(JsonElement json) => new()
    {
        Ip = json.Text("IP"),
        PrivatePort = (int)(json.Number("PrivatePort") ?? 0),
        PublicPort = (int?)json.Number("PublicPort"),
        Type = json.Text("Type"),
    };
}

/// <summary>Which containers to list; several values of one kind mean any of them, labels mean all of them.</summary>
public sealed record ContainerFilter
{
    /// <summary>Every container, also those that do not run.</summary>
    public bool All { get; init; }

    /// <summary><c>name</c> or <c>name=value</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Whole or beginnings.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Regular expressions for any part of a name; <c>^/web$</c> is exactly <c>web</c>.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>As <see cref="ContainerSummary.State"/>; naming any lists containers that do not run too.</summary>
    public IReadOnlyList<string> States { get; init; } = [];
}
