using System.Text;
using System.Text.Json.Nodes;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.TestKit;
using MesosDocker.TestKit.Docker;

[assembly: AssemblyFixture(typeof(EngineFixture))]

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>
/// The real engine (<c>DOCKER_HOST</c>, else the local socket), with an image of this run's own, and everything gone at its end.
/// Where no engine answers, whoever asks for it is skipped, with the reason. </summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private const string LabelName = "mesos-docker-test";
    private const int NameLength = 8;

    private readonly string _run = Guid.NewGuid().ToString("n")[..NameLength];
    private DockerEngine? _engine;
    private string? _missing;
    private int _names;

    /// <summary>Skips the test where there is none.</summary>
    public DockerEngine Engine
    {
        get
        {
            Assert.SkipWhen(_missing is not null, _missing ?? "");
            return _engine!;
        }
    }

    /// <summary>On everything that this run makes.</summary>
    public string Label => $"{LabelName}={_run}";

    /// <summary>A busybox with a label, two exposed ports, an environment and a volume.</summary>
    public string Image => $"{LabelName}/{_run}:latest";

    public static EngineAddress Address(string? apiVersion = null)
    {
        var environment = new Dictionary<string, string>();
        foreach (
            string name in (string[])["HOME", "PATH", "DOCKER_HOST", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH", "DOCKER_CONFIG"])
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                environment[name] = value;
            }
        }

        if (apiVersion is not null)
        {
            environment["DOCKER_API_VERSION"] = apiVersion;
        }

        return EngineAddress.Resolve(new EngineOptions(), environment);
    }

    public async ValueTask InitializeAsync()
    {
        _engine = new DockerEngine(Address());
        try
        {
            await _engine.NegotiateAsync(CancellationToken.None);
            _missing = BusyboxImage.Missing;
            if (_missing is null)
            {
                await LoadAsync(Image);
            }
        }
        catch (MesosDockerException e) when (e.Fault is Fault.EngineUnreachable or Fault.EngineAccessDenied)
        {
            _missing = e.Message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is null)
        {
            return;
        }

        if (_missing is null)
        {
            foreach (ContainerSummary left in await _engine.ListAsync(
                new ContainerFilter { All = true, Labels = [Label] }, CancellationToken.None))
            {
                await _engine.RemoveAsync(left.Id, force: true, volumes: true, CancellationToken.None);
            }

            foreach (NetworkDetails left in await _engine.ListNetworksAsync([Label], [], CancellationToken.None))
            {
                await _engine.RemoveNetworkAsync(left.Id, CancellationToken.None);
            }

            await RemoveStagesAsync();
            await _engine.RemoveImageAsync(Image, force: true, CancellationToken.None);
        }

        _engine.Dispose();
    }

    // Stages of builds, and builds that were given up, leave images without a name.
    private async Task RemoveStagesAsync()
    {
        if (RunningProgram.Find("docker") is not null)
        {
            await RunningProgram.RunAsync("sh", ["-c", $"docker images -q --filter dangling=true --filter 'label={Label}' | xargs -r docker rmi"]);
        }
    }

    /// <summary>A name that nobody else has.</summary>
    public string NewName(string what) => $"{LabelName}-{_run}-{what}-{Interlocked.Increment(ref _names)}";

    /// <summary>On the host's network, which starts fastest.</summary>
    public ContainerSpec Spec(params string[] command) => new()
    {
        Image = Image,
        Cmd = command,
        Labels = new Dictionary<string, string> { [LabelName] = _run },
        HostConfig = new HostConfig { NetworkMode = "host" },
    };

    public ContainerSpec Shell(string script) => Spec("sh", "-c", script);

    public NetworkSpec Network(string name)
        => new() { Name = name, Labels = new Dictionary<string, string> { [LabelName] = _run } };

    public async Task<string> CreateAsync(ContainerSpec spec, DockerEngine? engine = null)
        => (await (engine ?? Engine).CreateAsync(spec, NewName("c"), null, CancellationToken.None)).Id;

    public async Task<string> StartAsync(ContainerSpec spec)
    {
        string id = await CreateAsync(spec);
        await Engine.StartAsync(id, CancellationToken.None);
        return id;
    }

    public Task RemoveAsync(string id) => Engine.RemoveAsync(id, force: true, volumes: true, CancellationToken.None);

    /// <summary>Runs a container to its end, listening from before its start.</summary>
    public async Task<(ContainerExit Exit, string Output, string Error)> RunAsync(ContainerSpec spec, DockerEngine? engine = null)
    {
        engine ??= Engine;
        string id = await CreateAsync(spec, engine);
        try
        {
            using ContainerOutput output = await engine.AttachAsync(
                id, new OutputOptions { Tty = spec.Tty ?? false }, logs: false, CancellationToken.None);
            using ContainerWait wait = await engine.BeginWaitAsync(id, WaitCondition.NextExit, CancellationToken.None);
            await engine.StartAsync(id, CancellationToken.None);
            (string written, string errors) = await ReadAsync(output);
            return (await wait.ExitAsync(CancellationToken.None), written, errors);
        }
        finally
        {
            await RemoveAsync(id);
        }
    }

    public static async Task<(string Output, string Error)> ReadAsync(ContainerOutput output)
    {
        using var written = new MemoryStream();
        using var errors = new MemoryStream();
        while (await output.ReadAsync(CancellationToken.None) is { } chunk)
        {
            (chunk.Kind == StreamKind.Error ? errors : written).Write(chunk.Bytes.Span);
        }

        return (Encoding.UTF8.GetString(written.ToArray()), Encoding.UTF8.GetString(errors.ToArray()));
    }

    public static async Task<MesosDockerException> FailsAsync(Fault fault, Func<Task> act)
    {
        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(act);
        Assert.True(e.Fault == fault, $"expected {fault}, got {e.Fault}: {e.Message}");
        return e;
    }

    /// <param name="name">With a tag.</param>
    public async Task LoadAsync(string name, int padding = 0)
    {
        var config = new JsonObject
        {
            ["Labels"] = new JsonObject { [LabelName] = _run, ["name"] = name },
            ["ExposedPorts"] = new JsonObject { ["80/tcp"] = new JsonObject(), ["53/udp"] = new JsonObject() },
            ["Env"] = new JsonArray("PATH=/bin", "FROM_IMAGE=yes"),
            ["StopSignal"] = "SIGTERM",
            ["WorkingDir"] = "/tmp",
        };
        using Stream archive = BusyboxImage.Archive(name, config, padding);
        Assert.Equal([name], await _engine!.LoadImageAsync(archive, CancellationToken.None));
    }
}
