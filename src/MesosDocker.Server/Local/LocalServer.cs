using System.Net;
using System.Net.Sockets;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>The embedded cluster, from its work directory to its addresses.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly WorkDirectory _directory;

    private LocalServer(WorkDirectory directory) => _directory = directory;

    /// <summary>Ends when the cluster has, and by an error if it does by one.</summary>
    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Where it is, once it has started.</summary>
    public ServerFile? File { get; private set; }

    /// <exception cref="MesosDockerException"></exception>
    public static async Task<LocalServer> StartAsync(LocalOptions options, Log log, CancellationToken cancellationToken)
    {
        var server = new LocalServer(WorkDirectory.Take(options.WorkDirectory));
        try
        {
            await server.OpenAsync(options, log, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends all tasks of a work directory, and removes it. One that is not there is what was wanted.</summary>
    /// <exception cref="MesosDockerException"></exception>
    public static async Task DestroyAsync(LocalOptions options, Log log, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(options.WorkDirectory))
        {
            return;
        }

        using WorkDirectory directory = WorkDirectory.Take(options.WorkDirectory);
        if (Directory.Exists(directory.Agent))
        {
            await using LocalAgent agent = LocalAgent.Open(AgentOptionsOf(options, directory), log);

            await using AgentServer? executors = await TryListenAsync(agent, log, cancellationToken);
            await agent.RemoveEverythingAsync(cancellationToken);
        }

        directory.Remove();
    }

    /// <summary>Stops serving. Tasks run on.</summary>
    public async ValueTask DisposeAsync()
    {
        if (File is not null)
        {
            _directory.Untell();
        }

        // In the opposite order: first nobody asks for anything any more, then nothing is done any more.
        while (_parts.TryPop(out IAsyncDisposable? part))
        {
            await part.DisposeAsync();
        }

        _directory.Dispose();
    }

    private async Task OpenAsync(LocalOptions options, Log log, CancellationToken cancellationToken)
    {
        // Before anything is started: what is wrong with these is wrong at once.
        Credentials? credentials = options.Credentials is { } users ? Credentials.Read(users) : null;
        TlsIdentity? tls = options is { TlsCertificate: { } certificate, TlsKey: { } key } ? TlsIdentity.Read(certificate, key) : null;
        AccessToken? token = options.NoToken ? null : AccessToken.Keep(_directory.Token);

        LocalAgent agent = Keep(LocalAgent.Open(AgentOptionsOf(options, _directory), log));
        var api = new ApiOptions
        {
            Listen = options.Listen,
            Names = NamesOf(agent),
            Token = token,
            TokenFile = token is null ? null : _directory.Token,
            Credentials = credentials,
            Tls = tls,
        };
        AgentServer agentServer = Keep(await AgentServer.StartAsync(agent, api.Names, cancellationToken));
        Cluster cluster = Keep(new Cluster(agent, _directory.Cluster, TimeProvider.System));
        await cluster.StartAsync(cancellationToken);
        Running = cluster.Running;
        Keep(new HealthProbes(cluster, await AddressOfAsync(agent.Facts.Hostname, cancellationToken), TimeProvider.System));
        ApiServer server = Keep(await ApiServer.StartAsync(
            new Parts
            {
                Cluster = cluster,
                Agent = agent.Facts,
                Events = new EventHub(TimeProvider.System),
                Time = TimeProvider.System,
                Options = api,
                Settings = Settings,
                AgentUrl = agentServer.Url,
            },
            cancellationToken));
        File = new ServerFile
        {
            Pid = Environment.ProcessId,
            Url = server.Url,
            TokenFile = api.TokenFile,
            AgentUrl = agentServer.Url,
            Version = ServerInfo.Version,
            StartedAt = Moments.Text(DateTimeOffset.UtcNow),
        };
        _directory.Tell(File);
    }

    /// <summary>What this Marathon can do: no secrets, for there is no store of them, and no GPUs, for tasks are the Docker engine's.</summary>
    public static MarathonSettings Settings { get; } = new() { Features = ["vips", "task_killing"], Role = "*" };

    private static string[] NamesOf(LocalAgent agent) => [agent.Facts.Hostname, Dns.GetHostName()];

    private static AgentOptions AgentOptionsOf(LocalOptions options, WorkDirectory directory) => new()
    {
        WorkDirectory = directory.Agent,
        HookPath = options.Hook,
        ConfigPath = options.Configuration,
        Port = options.AgentPort,
        Hostname = options.Hostname,
        Cpus = options.Cpus,
        Memory = options.Memory,
        Disk = options.Disk,
        Ports = options.Ports,
        Attributes = options.Attributes,
    };

    /// <summary>By which ports of this host are asked; whatever name the agent was given, its tasks are here.</summary>
    private static async Task<IPAddress> AddressOfAsync(string hostname, CancellationToken cancellationToken)
    {
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(hostname, AddressFamily.InterNetwork, cancellationToken);
            return addresses.FirstOrDefault() ?? IPAddress.Loopback;
        }
        catch (SocketException)
        {
            return IPAddress.Loopback;
        }
    }

    /// <summary>Executors have something to say at their end, and would wait for somebody to say it to; but they end without, too.</summary>
    private static async Task<AgentServer?> TryListenAsync(LocalAgent agent, Log log, CancellationToken cancellationToken)
    {
        try
        {
            return await AgentServer.StartAsync(agent, NamesOf(agent), cancellationToken);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.AddressUnusable)
        {
            log.Warning($"Tasks are ended without a word to their executors: {e.Message}");
            return null;
        }
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
