using System.Diagnostics;
using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.TestKit;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>
/// A <c>dockerd</c> of the test's own, which may be killed and started again. It has a network name space of its own, without a bridge or
/// a firewall rule: in ours it would remove the bridge of the machine's engine.
/// </summary>
internal sealed class PrivateEngine : IAsyncDisposable
{
    public const string Image = "mesos-docker-test/private:latest";

    private readonly TemporaryDirectory _directory = new();
    private readonly bool _liveRestore;
    private Process? _daemon;

    private PrivateEngine(bool liveRestore)
    {
        _liveRestore = liveRestore;
        _directory.Write("daemon.json", "{}");
        Environment = new Dictionary<string, string> { ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "", ["DOCKER_HOST"] = Host };
        Client = new DockerEngine(EngineAddress.Resolve(new EngineOptions(), Environment));
    }

    public string Host => "unix://" + Socket;

    public string Socket => _directory.PathOf("s");

    public DockerEngine Client { get; }

    private Dictionary<string, string> Environment { get; }

    /// <summary>Skips the test where none can be had.</summary>
    public static async Task<PrivateEngine> StartAsync(bool liveRestore)
    {
        Assert.SkipUnless(System.Environment.IsPrivilegedProcess, "Only root may start a Docker engine.");
        Assert.SkipWhen(RunningProgram.Find("dockerd") is null, "There is no dockerd on PATH (Debian: docker.io).");
        Assert.SkipWhen(BusyboxImage.Missing is not null, BusyboxImage.Missing ?? "");
        var engine = new PrivateEngine(liveRestore);
        if (!await engine.StartAsync())
        {
            string last = File.ReadLines(engine.LogPath).LastOrDefault() ?? "";
            await engine.DisposeAsync();
            Assert.Skip($"No second Docker engine can be started here: {last}");
        }

        using Stream archive = BusyboxImage.Archive(Image, []);
        await engine.Client.LoadImageAsync(archive, CancellationToken.None);
        return engine;
    }

    /// <summary>With all that it keeps.</summary>
    /// <returns>False if it ended instead.</returns>
    public async Task<bool> StartAsync()
    {
        string[] words =
        [
            "--config-file", _directory.PathOf("daemon.json"), "--data-root", _directory.PathOf("data"), "--exec-root", _directory.PathOf("exec"),
            "--pidfile", _directory.PathOf("pid"), "--host", Host, "--bridge=none", "--iptables=false", "--ip-forward=false",
            .. _liveRestore ? (string[])["--live-restore"] : [],
        ];
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec unshare --net dockerd \"$@\" >> \"$0\" 2>&1", LogPath, .. words]);
        _daemon = Process.Start(start)!;
        while (!_daemon.HasExited)
        {
            try
            {
                await Client.InfoAsync(CancellationToken.None);
                return true;
            }
            catch (MesosDockerException)
            {
                await Task.Delay(50);
            }
        }

        return false;
    }

    public async Task KillAsync()
    {
        _daemon!.Kill();
        await _daemon.WaitForExitAsync();

        // Its containerd dies with it; the next engine must not take the remains of that for one that runs.
        File.Delete(_directory.PathOf("pid"));
        File.Delete(_directory.PathOf("exec", "containerd", "containerd.pid"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is { HasExited: false })
        {
            foreach (ContainerSummary left in await Client.ListAsync(new ContainerFilter { All = true }, CancellationToken.None))
            {
                await Client.RemoveAsync(left.Id, force: true, volumes: true, CancellationToken.None);
            }

            ProcessIdentity.Of(_daemon.Id)?.Signal(Libc.SignalTerminate);
            await _daemon.WaitForExitAsync();
        }

        Client.Dispose();
        _daemon?.Dispose();
        foreach (int left in HookFixture.PidsOf(_directory.Root))
        {
            ProcessIdentity.Of(left)?.Signal(Libc.SignalKill);
        }

        await HookFixture.UntilAsync(() => !HookFixture.PidsOf(_directory.Root).Any(), "the engine's programs to end");
        Unmount();
        _directory.Dispose();
    }

    private string LogPath => _directory.PathOf("log");

    /// <summary>Layers and network name spaces of an engine that was killed.</summary>
    private void Unmount()
    {
        string[] mounts = [.. File.ReadLines("/proc/self/mounts").Select(static line => line.Split(' ')[1]).Where(path => path.StartsWith(_directory.Root, StringComparison.Ordinal))];
        foreach (string mount in mounts.Reverse())
        {
            using Process umount = Process.Start("umount", ["-l", mount]);
            umount.WaitForExit();
        }
    }
}
