using System.Net;
using Microsoft.AspNetCore.Builder;

namespace MesosDocker.Local;

/// <summary>The agent's own API, for executors and for whoever reads sandboxes, on loopback.</summary>
internal sealed class AgentServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AgentServer(WebApplication app, string url)
    {
        _app = app;
        Url = url;
    }

    public string Url { get; }

    /// <param name="names">Those of this machine.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.AddressUnusable"/></exception>
    public static async Task<AgentServer> StartAsync(LocalAgent agent, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var listen = new IPEndPoint(IPAddress.Loopback, agent.Identity.Port);

        // An executor listens for as long as its task runs, and has nothing to say for most of that time.
        WebApplication app = WebHosts.Build(listen, tls: null, static limits =>
        {
            WebHosts.Limits(limits);
            limits.MinResponseDataRate = null;
        });
        var gate = new Gate(new ApiOptions { Listen = listen, Names = names });
        app.Use((http, next) => gate.RefuseName(http.Request, http.Connection.LocalIpAddress) is { } refusal
            ? AnswerWriter.WriteAsync(http.Response, refusal, http.RequestAborted)
            : next(http));
        AgentEndpoints.Map(app, agent);
        app.Lifetime.ApplicationStopping.Register(agent.BeginClosing);
        await WebHosts.StartAsync(app, listen, cancellationToken);
        return new AgentServer(app, $"http://{agent.Identity.Endpoint}");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
