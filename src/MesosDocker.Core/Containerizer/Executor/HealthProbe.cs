using System.Globalization;
using System.Net.Sockets;
using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>One health check, from outside over the network or as a command inside the container. Null: healthy; else what is wrong.</summary>
internal sealed class HealthProbe : IDisposable
{
    private const int FirstHealthy = 200;
    private const int LastHealthy = 399;
    private const int OutputLimit = 4096;

    private readonly HealthCheck _check;
    private readonly DockerEngine _engine;
    private readonly string _container;
    private readonly string? _address;
    private readonly HttpClient? _http;

    /// <param name="address">Where the container's ports are: its own address, or the host's; null: nowhere.</param>
    public HealthProbe(HealthCheck check, DockerEngine engine, string container, string? address)
    {
        _check = check;
        _engine = engine;
        _container = container;
        _address = address?.Contains(':') == true ? $"[{address}]" : address;
        _http = check.Http is null ? null : new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.Zero,
        }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public Task<string?> RunAsync(CancellationToken cancellationToken) => _check switch
    {
        { Command: null } when _address is null => Task.FromResult<string?>("the container has no address at which its ports could be reached"),
        { Http: { } http } => RunHttpAsync(http, cancellationToken),
        { Tcp: { } tcp } => RunTcpAsync(tcp, cancellationToken),
        { Command: { } command } => RunCommandAsync(command, cancellationToken),
        _ => Task.FromResult<string?>("it checks nothing: it has neither http nor tcp nor command"),
    };

    public void Dispose() => _http?.Dispose();

    private async Task<string?> RunHttpAsync(HttpCheck check, CancellationToken cancellationToken)
    {
        string url = string.Create(CultureInfo.InvariantCulture, $"{check.Scheme}://{_address}:{check.Port}/{check.Path.TrimStart('/')}");
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri))
        {
            return $"'{url}' is not a URL";
        }

        try
        {
            using HttpResponseMessage response = await _http!
                .GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            int status = (int)response.StatusCode;
            bool healthy = check.Statuses.Count > 0 ? check.Statuses.Contains(status) : status is >= FirstHealthy and <= LastHealthy;
            return healthy ? null : string.Create(CultureInfo.InvariantCulture, $"{url} answers {status}");
        }
        catch (HttpRequestException e)
        {
            return $"{url} does not answer: {(e.InnerException as SocketException)?.Message ?? e.Message}";
        }
    }

    private async Task<string?> RunTcpAsync(TcpCheck check, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(_address!.Trim('[', ']'), check.Port, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (SocketException e)
        {
            return string.Create(CultureInfo.InvariantCulture, $"port {check.Port} at {_address}: {e.Message}");
        }
    }

    private async Task<string?> RunCommandAsync(CommandInfo command, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> words = command.Shell
            ? ["/bin/sh", "-c", command.Value ?? ""]
            : [command.Value ?? "", .. command.Arguments.Skip(1)];
        var spec = new ExecSpec
        {
            Cmd = words,
            Env = [.. command.Environment.Select(static variable => $"{variable.Name}={variable.Value}")],
        };
        try
        {
            ExecResult result = await _engine.ExecAsync(_container, spec, OutputLimit, cancellationToken).ConfigureAwait(false);
            return result.ExitCode == 0
                ? null
                : string.Create(CultureInfo.InvariantCulture, $"'{string.Join(' ', words)}' exits with {result.ExitCode}");
        }
        catch (MesosDockerException e)
        {
            return e.Message.TrimEnd('.');
        }
    }
}
