using System.Text.Json.Serialization;

namespace MesosDocker.Marathon;

/// <summary>What <c>/v2/info</c> tells about the server.</summary>
public sealed record MarathonInfo : MarathonObject
{
    public string? Name { get; init; }

    public string? Version { get; init; }

    [JsonPropertyName("buildref")]
    public string? BuildRef { get; init; }

    public bool? Elected { get; init; }

    /// <summary>host:port.</summary>
    public string? Leader { get; init; }

    public string? FrameworkId { get; init; }

    [JsonPropertyName("marathon_config")]
    public MarathonFlags? MarathonConfig { get; init; }

    [JsonPropertyName("zookeeper_config")]
    public System.Text.Json.JsonElement? ZooKeeperConfig { get; init; }

    [JsonPropertyName("http_config")]
    public HttpFlags? HttpConfig { get; init; }
}

/// <summary>How it was started; the many flags that nothing here depends on are in <see cref="MarathonObject.Other"/>.</summary>
public sealed record MarathonFlags : MarathonObject
{
    /// <summary>Of Mesos: <c>zk://…</c> or host:port.</summary>
    public string? Master { get; init; }

    public IReadOnlyList<string>? Features { get; init; }

    public string? Hostname { get; init; }

    [JsonPropertyName("default_network_name")]
    public string? DefaultNetworkName { get; init; }

    [JsonPropertyName("env_vars_prefix")]
    public string? EnvVarsPrefix { get; init; }

    [JsonPropertyName("framework_name")]
    public string? FrameworkName { get; init; }

    [JsonPropertyName("mesos_leader_ui_url")]
    public string? MesosLeaderUiUrl { get; init; }

    [JsonPropertyName("mesos_role")]
    public string? MesosRole { get; init; }

    /// <summary>Of a cluster on one machine: where its agent serves files and state. Marathon itself has no such field.</summary>
    [JsonPropertyName("agent_url")]
    public string? AgentUrl { get; init; }

    [JsonPropertyName("local_port_min")]
    public int? LocalPortMin { get; init; }

    [JsonPropertyName("local_port_max")]
    public int? LocalPortMax { get; init; }

    [JsonPropertyName("webui_url")]
    public string? WebUiUrl { get; init; }
}

public sealed record HttpFlags : MarathonObject
{
    [JsonPropertyName("http_port")]
    public int? HttpPort { get; init; }

    [JsonPropertyName("https_port")]
    public int? HttpsPort { get; init; }
}
