using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MesosDocker.Marathon;
using MesosDocker.TestKit;

namespace MesosDocker.Benchmarks;

/// <summary>An embedded cluster of its own, with more resources than this machine has: tasks of a benchmark use none.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly string s_program = Path.Combine(TestData.RepositoryRoot, "out", "MesosDocker", "bin", "server", "mesos-dockerd");

    private readonly Process _process;
    private readonly string _directory;

    private Server(Process process, string directory, Uri uri, MarathonClient client, TimeSpan started)
    {
        Uri = uri;
        _process = process;
        _directory = directory;
        Client = client;
        Started = started;
    }

    public Uri Uri { get; }

    public MarathonClient Client { get; }

    /// <summary>From the start of the process until it says that it is ready.</summary>
    public TimeSpan Started { get; }

    public static async Task<Server> StartAsync(string directory)
    {
        int port = FreePort();
        long begun = Stopwatch.GetTimestamp();
        Process process = Run(
            "local", "--no-token", "--work-dir", directory, "--listen", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}"),
            "--cpus", "1000", "--memory", "1000000");
        _ = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        TimeSpan started = Stopwatch.GetElapsedTime(begun);
        var uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        return new Server(process, directory, uri, new MarathonClient(new MarathonConnection { Endpoints = [uri] }), started);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        using Process destroy = Run("local", "--destroy", "--work-dir", _directory);
        await destroy.WaitForExitAsync();
    }

    private static Process Run(params string[] arguments)
        => Process.Start(new ProcessStartInfo(s_program, arguments) { RedirectStandardOutput = true })!;

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
