using System.Collections;
using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.Pods;

namespace MesosDocker.Executor;

/// <summary>This process as the executor that an agent started: what it finds around itself, its reaper, and its pods.</summary>
internal sealed class ExecutorProcess : IAsyncDisposable
{
    public const string Name = "mesos-docker-executor";

    private const string LingerVariable = "MESOS_DOCKER_EXECUTOR_LINGER";

    private static readonly TimeSpan s_linger = TimeSpan.FromSeconds(2);

    // An agent that starts an executor is there to take it.
    private static readonly TimeSpan s_subscribeTimeout = TimeSpan.FromMinutes(2);

    private readonly string _runId = Guid.NewGuid().ToString("n");
    private readonly Dictionary<string, string> _environment = Variables();
    private readonly Log _log = OpenLog();
    private readonly CancellationTokenSource _closing = new();
    private readonly string _sandbox;
    private readonly DockerEngine _engine;
    private readonly SandboxStreams _streams;
    private readonly PodExecutor _executor;

    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/>: no agent started this; <see cref="Fault.ConfigurationInvalid"/>,
    /// <see cref="Fault.SettingUnknown"/>, <see cref="Fault.OptionValueInvalid"/>: of its environment.</exception>
    public ExecutorProcess(IYaml yaml)
    {
        Posix.RequireLinux("Running pods");
        ExecutorRole role = ExecutorRole.From(_environment, s_subscribeTimeout) ?? throw new MesosDockerException(
            Fault.UsageInvalid,
            "This program is started by a Mesos agent as an executor, which says so in its environment (MESOS_FRAMEWORK_ID, MESOS_EXECUTOR_ID, "
                + $"MESOS_AGENT_ENDPOINT or MESOS_SLAVE_PID); '{Name} help' shows more.");

        // As the host knows it, for what is mounted from it; unless an agent has put us into a file system of our own.
        string? directory = Value("MESOS_DIRECTORY") is { } host && Directory.Exists(host) ? host : Value("MESOS_SANDBOX");
        _sandbox = Path.GetFullPath(directory ?? Environment.CurrentDirectory);
        var engineOptions = new EngineOptions();
        _engine = new DockerEngine(EngineAddress.Resolve(engineOptions, _environment));
        _streams = new SandboxStreams(_sandbox, PodSettingReader.Read([], _environment), _log);
        var context = new PodContext
        {
            Engine = _engine,
            EngineOptions = engineOptions,
            Environment = _environment,
            Yaml = yaml,
            Streams = _streams,
            Ground = new PodGround(_engine, OwnCgroup.Find(_sandbox), _closing.Token),
            Log = _log,
        };
        _executor = new PodExecutor(role, context, _runId, _sandbox, Linger());
    }

    public static Log OpenLog() => Log.Open(LogLevel.Debug, LogLevel.Info);

    public static Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }

    /// <exception cref="MesosDockerException">The reaper cannot be started.</exception>
    public async Task RunAsync()
    {
        // Before anything is made that it would have to remove.
        using ReaperLink reaper = await ReaperLink.StartAsync(Environment.ProcessPath!, Name, _runId, _sandbox, _environment);
        if (await _executor.RunAsync())
        {
            reaper.Dismiss();
        }
    }

    public void Stop(string signal) => _executor.Stop($"a signal to its executor ({signal})");

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _executor.DisposeAsync();
        _streams.Dispose();
        _engine.Dispose();
        _log.Dispose();
        _closing.Dispose();
    }

    private string? Value(string name) => _environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private TimeSpan Linger() => Value(LingerVariable) is not { } text ? s_linger
        : Durations.TryParse(text, out TimeSpan linger) ? linger
        : throw new MesosDockerException(Fault.OptionValueInvalid, $"The variable '{LingerVariable}' is '{Printable.Of(text, 60)}'; it must be a duration such as 5s or 1h.");
}
