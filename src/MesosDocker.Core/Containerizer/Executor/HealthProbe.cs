using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MesosDocker.Docker;
using MesosDocker.Fetching;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>One health check, from outside over the network or as a command inside the container. Null: healthy; else what is
/// wrong.</summary>
internal sealed class HealthProbe : IDisposable
{
    private const int FirstHealthy = 200;
    private const int LastHealthy = 399;
    private const int OutputLimit = 4096;

    // The check's own timeout comes first.
    private static readonly TimeSpan s_curlMargin = TimeSpan.FromSeconds(5);

    private readonly HealthCheck _check;
    private readonly DockerEngine _engine;
    private readonly string _container;
    private readonly string? _address;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly HttpClient? _http;

    /// <param name="environment">Of programs; its <c>PATH</c> is where they are looked for.</param>
    /// <param name="address">Where the container's ports are: its own address, or the host's; null: nowhere.</param>
    public HealthProbe(
        HealthCheck check, DockerEngine engine, string container, IReadOnlyDictionary<string, string> environment, string? address)
    {
        _environment = environment;
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
        { Command: null } when _address is null => Task.FromResult<string?>(
            "the container has no address at which its ports could be reached"),
        { Http: { } http } => RunHttpAsync(http, cancellationToken),
        { Tcp: { } tcp } => RunTcpAsync(tcp, cancellationToken),
        { Command: { } command } => RunCommandAsync(command, cancellationToken),
        _ => Task.FromResult<string?>("it checks nothing: it has neither http nor tcp nor command"),
    };

    public void Dispose() => _http?.Dispose();

    private async Task<string?> RunHttpAsync(HttpCheck check, CancellationToken cancellationToken)
    {
        string url = string.Create(CultureInfo.InvariantCulture, $"{check.Scheme}://{_address}:{check.Port}/{check.Path.TrimStart('/')}");
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            return $"'{url}' is not a URL of http or https";
        }

        try
        {
            int status = uri.Scheme == Uri.UriSchemeHttps
                ? await AskCurlAsync(url, cancellationToken).ConfigureAwait(false)
                : await AskAsync(uri, cancellationToken).ConfigureAwait(false);
            bool healthy = check.Statuses.Count > 0 ? check.Statuses.Contains(status) : status is >= FirstHealthy and <= LastHealthy;
            return healthy ? null : string.Create(CultureInfo.InvariantCulture, $"{url} answers {status}");
        }
        catch (HttpRequestException e)
        {
            return $"{url} does not answer: {HttpTrouble.Describe(e)}";
        }
        catch (MesosDockerException e)
        {
            return $"{url} cannot be asked: {e.Message.TrimEnd('.')}";
        }
    }

    private async Task<int> AskAsync(Uri uri, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http!
            .GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        return (int)response.StatusCode;
    }

    /// <summary>As Mesos itself checks https: with curl, and whatever the certificate. A process that may live for months is spared
    /// OpenSSL.</summary>
    private async Task<int> AskCurlAsync(string url, CancellationToken cancellationToken)
    {
        var spec = new ChildSpec
        {
            Program = "curl",
            Arguments =
            [
                "--silent", "--show-error", "--insecure", "--globoff", "--noproxy", "*",
                "--output", "/dev/null", "--write-out", "%{http_code}", url,
            ],
            Environment = _environment,
        };
        ChildResult result = await ChildProcess
            .RunAsync(spec, input: null, _check.Timeout + s_curlMargin, cancellationToken)
            .ConfigureAwait(false);
        return result.Status.IsSuccess
            && int.TryParse(Encoding.ASCII.GetString(result.Output), NumberStyles.None, CultureInfo.InvariantCulture, out int status)
                ? status
                : throw new MesosDockerException(
                    Fault.ProgramFailed, $"curl {result.Status}: {ForeignText.Complaint("curl", result.Error)}");
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
