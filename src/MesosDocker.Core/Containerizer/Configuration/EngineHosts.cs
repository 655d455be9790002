using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>Addresses of the Docker engine as the docker client's <c>--host</c> takes them.</summary>
internal static class EngineHosts
{
    public static SettingKind<IReadOnlyList<string>> Kind { get; } = new(
        "an address such as unix:///var/run/docker.sock, tcp://engine:2376 or engine:2375, or a JSON array of such",
        TryRead,
        JsonWords.Write);

    private static bool TryRead(string text, out IReadOnlyList<string> hosts)
    {
        bool areWords = JsonWords.TryRead(text, out IReadOnlyList<string> words);
        hosts = [.. words.Select(Complete)];
        return areWords && hosts.All(IsAddress);
    }

    // The client takes an address without a scheme for tcp, and one without a host for this one.
    private static string Complete(string host)
    {
        string whole = host.Contains("://", StringComparison.Ordinal) || host.StartsWith('/') ? host : "tcp://" + host;
        return whole.Replace("://:", "://localhost:", StringComparison.Ordinal);
    }

    private static bool IsAddress(string host) => !host.Any(static c => char.IsWhiteSpace(c) || char.IsControl(c))
        && (host.StartsWith("unix:///", StringComparison.Ordinal)
            || (Uri.TryCreate(host, UriKind.Absolute, out Uri? uri)
                && uri.Scheme is "tcp" or "http" or "https"
                && uri.Host.Length > 0));
}
