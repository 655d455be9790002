using System.Reflection;
using System.Text.Json;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What <c>/v2/info</c> tells.</summary>
internal static class ServerInfo
{
    /// <summary>The Marathon whose API this is: clients decide by it what they may ask for.</summary>
    public const string MarathonVersion = "1.11.24";

    private const string Master = "127.0.0.1:5050";

    public static string Version { get; }
        = typeof(ServerInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static MarathonInfo Of(string leader, Parts parts) => new()
    {
        Name = "marathon",
        Version = MarathonVersion,
        BuildRef = $"mesos-dockerd {Version}",
        Elected = true,
        Leader = leader,
        FrameworkId = parts.Cluster.State.FrameworkId,
        MarathonConfig = new MarathonFlags
        {
            Master = Master,
            Features = parts.Settings.Features,
            Hostname = parts.Agent.Hostname,
            DefaultNetworkName = parts.Settings.DefaultNetworkName,
            FrameworkName = "marathon",
            MesosRole = parts.Settings.Role,
            LocalPortMin = parts.Options.ServicePortsFrom,
            LocalPortMax = parts.Options.ServicePortsTo,
            AgentUrl = parts.AgentUrl,
            Other = Fields("""{"checkpoint":true,"executor":"//cmd","ha":false,"maintenance_mode":false}"""),
        },
        ZooKeeperConfig = JsonElement.Parse("{}"u8),
        HttpConfig = new HttpFlags
        {
            HttpPort = parts.Options.Tls is null ? parts.Options.Listen.Port : null,
            HttpsPort = parts.Options.Tls is null ? null : parts.Options.Listen.Port,
        },
    };

    private static Dictionary<string, JsonElement> Fields(string json)
        => JsonElement.Parse(json).EnumerateObject().ToDictionary(static field => field.Name, static field => field.Value);
}
