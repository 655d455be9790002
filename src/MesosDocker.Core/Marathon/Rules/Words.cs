namespace MesosDocker.Marathon;

internal static class NetworkModes
{
    public const string Host = "host";
    public const string Bridge = "container/bridge";
    public const string Container = "container";
}

internal static class ContainerTypes
{
    public const string Docker = "DOCKER";
    public const string Mesos = "MESOS";
}

internal static class HealthProtocols
{
    public const string Command = "COMMAND";
    public const string Http = "HTTP";

    public static bool IsMesosProbe(string? protocol) => protocol is "MESOS_HTTP" or "MESOS_HTTPS" or "MESOS_TCP";

    public static bool IsHttp(string? protocol) => protocol is null or Http or "HTTPS" or "MESOS_HTTP" or "MESOS_HTTPS";
}

/// <summary>What Marathon can be told to enable.</summary>
internal static class Features
{
    public const string Secrets = "secrets";
    public const string Gpus = "gpu_resources";
    public const string ExternalVolumes = "external_volumes";
}

/// <summary>What Mesos unpacks.</summary>
internal static class Archives
{
    private static readonly string[] s_endings = [".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".gz", ".tgz", ".tbz2", ".txz", ".zip"];

    public static bool IsArchive(string uri)
    {
        string path = uri.Split('?', '#')[0];
        return s_endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal));
    }
}
