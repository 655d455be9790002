using System.Net;
using MesosDocker.Local;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MesosDocker.Server.Tests.Agent;

/// <summary>An agent's API on its own port, without the server around it.</summary>
internal static class ListeningAgent
{
    public static WebApplication Serve(LocalAgent agent)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, agent.Identity.Port));
        WebApplication host = builder.Build();
        AgentEndpoints.Map(host, agent);
        return host;
    }

    /// <summary>A port that nobody has at this moment.</summary>
    public static int FreePort()
    {
        using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
