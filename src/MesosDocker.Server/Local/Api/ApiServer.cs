using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace MesosDocker.Local;

/// <summary>The API on its address.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Parts _parts;

    private ApiServer(WebApplication app, Parts parts)
    {
        _app = app;
        _parts = parts;
    }

    /// <summary>Where it is, with the port that it got where none was said.</summary>
    public string Url { get; private set; } = "";

    /// <exception cref="MesosDockerException"><see cref="Fault.AddressUnusable"/></exception>
    public static async Task<ApiServer> StartAsync(Parts parts, CancellationToken cancellationToken)
    {
        WebApplication app = WebHosts.Build(parts.Options.Listen, parts.Options.Tls, WebHosts.Limits);
        var handler = new ApiHandler(parts);
        app.Run(handler.HandleAsync);
        var server = new ApiServer(app, parts);
        parts.Cluster.Happened += parts.Events.Publish;

        // A stream of events ends when its client likes, and a stop would wait for it.
        app.Lifetime.ApplicationStopping.Register(parts.Events.DropAll);
        await WebHosts.StartAsync(app, parts.Options.Listen, cancellationToken);
        server.Url = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _parts.Cluster.Happened -= _parts.Events.Publish;
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
