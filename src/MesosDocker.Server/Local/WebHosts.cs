using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MesosDocker.Local;

/// <summary>Kestrel and nothing else: no configuration of the directory one happens to be in, no variables, no signal handlers.</summary>
internal static class WebHosts
{
    private const int MaxConnections = 8192;
    private const int MaxHeaderBytes = 32 * 1024;
    private const int MaxUnreadBytes = 2 * MaxHeaderBytes;
    private const int MaxHeaders = 64;
    private const int SlowestBytesPerSecond = 240;

    private static readonly TimeSpan s_shutdown = TimeSpan.FromSeconds(5);

    /// <summary>For strangers: whoever is slow is shown the door, and nobody takes much.</summary>
    public static void Limits(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = MaxConnections;
        // Twice what is taken: whoever sends a little too much is heard out, and so hears why it is refused.
        limits.MaxRequestBodySize = 2 * Local.BodyReader.MaxBytes;
        limits.MaxRequestBufferSize = MaxUnreadBytes;
        limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
        limits.MaxRequestHeaderCount = MaxHeaders;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.MinRequestBodyDataRate = new MinDataRate(SlowestBytesPerSecond, TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(SlowestBytesPerSecond, TimeSpan.FromSeconds(10));
    }

    public static WebApplication Build(IPEndPoint listen, TlsIdentity? tls, Action<KestrelServerLimits> limits)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddProvider(new StderrLogs());
        builder.Logging.SetMinimumLevel(Microsoft.Extensions.Logging.LogLevel.Error);

        // That it does not start is told by whoever starts it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", Microsoft.Extensions.Logging.LogLevel.None);
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = s_shutdown);
        builder.WebHost.UseKestrelCore();
        if (tls is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            limits(kestrel.Limits);
            kestrel.Listen(listen, options =>
            {
                options.Protocols = HttpProtocols.Http1;
                if (tls is not null)
                {
                    options.UseHttps(https =>
                    {
                        https.ServerCertificate = tls.Certificate;
                        https.ServerCertificateChain = tls.Chain;
                    });
                }
            });
        });
        return builder.Build();
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.AddressUnusable"/></exception>
    public static async Task StartAsync(WebApplication app, IPEndPoint listen, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            await app.DisposeAsync();
            throw new MesosDockerException(Fault.AddressUnusable, $"Nothing can listen on {listen}: {e.GetBaseException().Message.TrimEnd('.')}. Take another port, or stop what listens there.", e);
        }
    }
}
