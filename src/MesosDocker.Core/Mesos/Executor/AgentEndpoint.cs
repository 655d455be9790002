using System.Net;

namespace MesosDocker.Mesos;

/// <summary>The address of an agent's HTTP API.</summary>
internal static class AgentEndpoint
{
    private const string ExecutorApi = "/api/v1/executor";

    /// <summary>
    /// <c>MESOS_AGENT_ENDPOINT</c> (<c>10.0.0.5:5051</c>, Mesos 0.28 and later), else the address in <c>MESOS_SLAVE_PID</c> or the launch
    /// (<c>slave(1)@10.0.0.5:5051</c>). Null if there is none. A libprocess with TLS says so in the environment that the agent hands down.
    /// </summary>
    public static Uri? Find(IReadOnlyDictionary<string, string> environment, string? agentPid)
    {
        string? address = environment.GetValueOrDefault("MESOS_AGENT_ENDPOINT") is { Length: > 0 } endpoint
            ? endpoint
            : AddressOf(environment.GetValueOrDefault("MESOS_SLAVE_PID")) ?? AddressOf(agentPid);
        return address is not null && Uri.TryCreate($"{Scheme(environment)}://{address}{ExecutorApi}", UriKind.Absolute, out Uri? uri)
            ? uri
            : null;
    }

    /// <summary>Whether only programs on this machine's own network can reach it.</summary>
    public static bool IsLoopback(Uri endpoint) => IPAddress.TryParse(endpoint.Host, out IPAddress? address)
        ? IPAddress.IsLoopback(address)
        : endpoint.IsLoopback;

    private static string? AddressOf(string? pid)
        => pid?.IndexOf('@', StringComparison.Ordinal) is >= 0 and int at ? pid[(at + 1)..] : null;

    private static string Scheme(IReadOnlyDictionary<string, string> environment)
        => AgentTls.IsOn(environment, "ENABLED") ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
}
