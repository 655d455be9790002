using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>A network of the engine.</summary>
public sealed record NetworkDetails
{
    public required string Id { get; init; }

    public string Name { get; init; } = "";

    public string? Driver { get; init; }

    /// <summary><c>local</c> or <c>swarm</c>.</summary>
    public string? Scope { get; init; }

    public bool Internal { get; init; }

    public bool Attachable { get; init; }

    public IReadOnlyList<NetworkPool> Pools { get; init; } = [];

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Running ones, by id; told of one network only, not in lists.</summary>
    public IReadOnlyDictionary<string, NetworkMember> Containers { get; init; } = new Dictionary<string, NetworkMember>();

    internal static NetworkDetails From(JsonElement json) => new()
    {
        Id = json.RequiredText("Id"),
        Name = json.Text("Name") ?? "",
        Driver = json.Text("Driver"),
        Scope = json.Text("Scope"),
        Internal = json.Flag("Internal") ?? false,
        Attachable = json.Flag("Attachable") ?? false,
        Pools = json.Object("IPAM", static addresses => addresses.List("Config", NetworkPool.From) ?? []) ?? [],
        Options = json.TextMap("Options") ?? new Dictionary<string, string>(),
        Labels = json.TextMap("Labels") ?? new Dictionary<string, string>(),
        Containers = json.Map("Containers", NetworkMember.From) ?? new Dictionary<string, NetworkMember>(),
    };
}

/// <summary>Addresses in CIDR form.</summary>
public sealed record NetworkPool
{
    public string? Subnet { get; init; }

    public string? IpRange { get; init; }

    public string? Gateway { get; init; }

    internal static NetworkPool From(JsonElement json)
        => new() { Subnet = json.Text("Subnet"), IpRange = json.Text("IPRange"), Gateway = json.Text("Gateway") };

    internal static void Write(Utf8JsonWriter json, NetworkPool pool)
    {
        json.Put("Subnet", pool.Subnet);
        json.Put("IPRange", pool.IpRange);
        json.Put("Gateway", pool.Gateway);
    }
}

public sealed record NetworkMember
{
    public string? Name { get; init; }

    /// <summary>With the length of its prefix after a slash.</summary>
    public string? IPv4Address { get; init; }

    public string? IPv6Address { get; init; }

    internal static NetworkMember From(JsonElement json)
        => new() { Name = json.Text("Name"), IPv4Address = json.Text("IPv4Address"), IPv6Address = json.Text("IPv6Address") };
}

/// <summary>The body of <c>POST /networks/create</c>.</summary>
public sealed record NetworkSpec
{
    public required string Name { get; init; }

    /// <summary>Null: <c>bridge</c>.</summary>
    public string? Driver { get; init; }

    public bool? Internal { get; init; }

    public bool? Attachable { get; init; }

    public bool? EnableIPv6 { get; init; }

    /// <summary>Null: the engine chooses.</summary>
    public IReadOnlyList<NetworkPool>? Pools { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.Put("Name", Name);
        json.Put("Driver", Driver);
        json.Put("Internal", Internal);
        json.Put("Attachable", Attachable);
        json.Put("EnableIPv6", EnableIPv6);
        json.PutObject("IPAM", Pools, static (addresses, pools) => addresses.PutList("Config", pools, NetworkPool.Write));
        json.Put("Options", Options);
        json.Put("Labels", Labels);

        // Without it, engines before API 1.44 make a second network of the same name.
        json.Put("CheckDuplicate", true);
    }
}

public sealed partial class DockerEngine
{
    /// <param name="labels"><c>name</c> or <c>name=value</c>, all of them.</param>
    /// <param name="names">Any part of a name, any of them.</param>
    public Task<IReadOnlyList<NetworkDetails>> ListNetworksAsync(
        IReadOnlyList<string> labels, IReadOnlyList<string> names, CancellationToken cancellationToken)
        => AskAsync(
            Get(new RequestPath("networks").With("filters", Filters(("label", labels), ("name", names))), "list networks"),
            DockerJson.ListOf(NetworkDetails.From),
            cancellationToken);

    /// <exception cref="MesosDockerException"><see cref="Fault.NetworkNotFound"/></exception>
    public Task<NetworkDetails> InspectNetworkAsync(string network, CancellationToken cancellationToken)
        => AskAsync(
            Get(RequestPath.OfNetwork(network, ""), $"inspect network '{network}'", Fault.NetworkNotFound),
            NetworkDetails.From,
            cancellationToken);

    /// <returns>The network's id.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.EngineConflict"/>: there is one of that name.</exception>
    public async Task<string> CreateNetworkAsync(NetworkSpec spec, CancellationToken cancellationToken)
    {
        EngineRequest request = Post(new RequestPath("networks/create"), $"create network '{spec.Name}'") with
        {
            Json = DockerJson.Write(spec.WriteTo),
        };
        return await AskAsync(request, static json => json.RequiredText("Id"), cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.NetworkNotFound"/>; <see cref="Fault.EngineRejected"/> or
    /// <see cref="Fault.EngineAccessDenied"/>: containers are in it, or it is one of the engine's own.</exception>
    public Task RemoveNetworkAsync(string network, CancellationToken cancellationToken)
        => AskAsync(
            Delete(RequestPath.OfNetwork(network, ""), $"remove network '{network}'", Fault.NetworkNotFound), cancellationToken);

    /// <summary>Lets a container into one more network.</summary>
    /// <param name="endpoint">Null: as the engine sees fit.</param>
    public Task ConnectNetworkAsync(string network, string container, EndpointSpec? endpoint, CancellationToken cancellationToken)
    {
        EngineRequest request = Post(
            RequestPath.OfNetwork(network, "connect"),
            $"connect container '{container}' to network '{network}'",
            Fault.NetworkNotFound);
        byte[] body = DockerJson.Write(json =>
        {
            json.Put("Container", container);
            json.PutObject("EndpointConfig", endpoint, ContainerSpecWriter.WriteEndpoint);
        });
        return AskAsync(request with { Json = body }, cancellationToken);
    }

    /// <param name="force">Also a container that is gone.</param>
    public Task DisconnectNetworkAsync(string network, string container, bool force, CancellationToken cancellationToken)
    {
        EngineRequest request = Post(
            RequestPath.OfNetwork(network, "disconnect"),
            $"disconnect container '{container}' from network '{network}'",
            Fault.NetworkNotFound);
        byte[] body = DockerJson.Write(json =>
        {
            json.Put("Container", container);
            json.Put("Force", force);
        });
        return AskAsync(request with { Json = body }, cancellationToken);
    }
}
