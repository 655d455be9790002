using System.Globalization;
using MesosDocker.Containerizer;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>The containerizer as an agent calls it (research of the external containerizer protocol): one process a call.</summary>
internal sealed class HookCalls : IContainers
{
    private const string ProgramName = "mesos-docker";

    // An executor that has lost its agent asks for it again at least so often.
    private const string BackoffMax = "1secs";
    private const string ShutdownGrace = "5secs";

    private static readonly TimeSpan s_answerLimit = TimeSpan.FromMinutes(1);

    private readonly AgentOptions _options;
    private readonly HookProgram _program;

    private readonly LocalContainerizer _containers;

    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/></exception>
    public HookCalls(AgentOptions options, string workDirectory)
    {
        _options = options;
        WorkDirectory = workDirectory;
        _program = new HookProgram
        {
            Path = options.HookPath is { } path ? Path.GetFullPath(path) : Find(AppContext.BaseDirectory),
            Environment = AgentEnvironment(options, workDirectory),
            WorkingDirectory = "/",
            ConfigPath = options.ConfigPath,
            StateRoot = options.StateRoot,
        };
        _containers = new LocalContainerizer(SettingsSources.Of(_program.Environment, _program.WorkingDirectory, options.ConfigPath), options.StateRoot);
    }

    public string Executable => _program.Path;

    public string WorkDirectory { get; }

    public IReadOnlyDictionary<string, string> Environment => _program.Environment;

    /// <exception cref="MesosDockerException">What the program complains of.</exception>
    public Task LaunchAsync(Launch launch, AgentIdentity agent)
    {
        HookProgram program = _program with
        {
            Environment = LaunchEnvironment(_program.Environment, launch, agent, _options),
            WorkingDirectory = launch.Directory,
            Limit = s_answerLimit,
        };

        // Given up half way, nobody would know whether there is a container.
        return program.CallAsync(HookRequest.Of(launch), CancellationToken.None);
    }

    /// <summary>Sleeps where the program would, and asks it once there is something to tell: a thread costs less than a process.</summary>
    /// <exception cref="MesosDockerException">What the program complains of.</exception>
    public async Task<Termination> WaitAsync(ContainerId id, CancellationToken cancellationToken)
    {
        await _containers.UntilUnwatchedAsync(id).WaitAsync(cancellationToken);
        return MesosCodec.DecodeTermination(await _program.CallAsync(HookRequest.Of(HookVerb.Wait, id), cancellationToken));
    }

    /// <exception cref="MesosDockerException">What the program complains of.</exception>
    public Task DestroyAsync(ContainerId id, CancellationToken cancellationToken)
        => _program.CallAsync(HookRequest.Of(HookVerb.Destroy, id), cancellationToken);

    /// <exception cref="MesosDockerException">What the program complains of.</exception>
    public async Task<ResourceStatistics> UsageAsync(ContainerId id, CancellationToken cancellationToken)
        => MesosCodec.DecodeUsage(
            await (_program with { Limit = s_answerLimit }).CallAsync(HookRequest.Of(HookVerb.Usage, id), cancellationToken));

    /// <summary>As an agent begins: lets the containerizer put things right, and asks what there is.</summary>
    /// <exception cref="MesosDockerException">What the program complains of.</exception>
    public async Task<IReadOnlyList<ContainerId>> RecoverAsync(CancellationToken cancellationToken)
    {
        HookProgram program = _program with { Limit = s_answerLimit };
        await program.CallAsync(HookRequest.Of(HookVerb.Recover), cancellationToken);
        return MesosCodec.DecodeContainers(await program.CallAsync(HookRequest.Of(HookVerb.Containers), cancellationToken));
    }

    /// <summary>Sees to containers that have lost their supervisor, and removes those at the engine that nobody knows.</summary>
    /// <exception cref="MesosDockerException">What the program complains of.</exception>
    public Task SweepAsync(CancellationToken cancellationToken)
        => (_program with { Limit = s_answerLimit }).PrintAsync("sweep", [], cancellationToken);

    /// <summary>What every call of an agent finds in its environment. What of ours would lead executors elsewhere is not in it.</summary>
    public static IReadOnlyDictionary<string, string> AgentEnvironment(AgentOptions options, string workDirectory)
    {
        var environment = new Dictionary<string, string>();
        foreach ((string name, string value) in options.Environment ?? Own())
        {
            if (!IsAgents(name))
            {
                environment[name] = value;
            }
        }

        environment["MESOS_WORK_DIRECTORY"] = workDirectory;
        environment["MESOS_LIBEXEC_DIRECTORY"] = options.LibexecDirectory;
        return environment;
    }

    /// <summary>What an agent adds to that for a launch.</summary>
    public static IReadOnlyDictionary<string, string> LaunchEnvironment(
        IReadOnlyDictionary<string, string> agents, Launch launch, AgentIdentity agent, AgentOptions options)
    {
        var environment = new Dictionary<string, string>(agents)
        {
            ["MESOS_FRAMEWORK_ID"] = launch.Executor?.FrameworkId ?? "",
            ["MESOS_EXECUTOR_ID"] = launch.Executor?.ExecutorId ?? "",
            ["MESOS_DIRECTORY"] = launch.Directory ?? "",
            ["MESOS_SLAVE_ID"] = agent.AgentId,
            ["MESOS_SLAVE_PID"] = agent.Pid,
            ["MESOS_AGENT_ENDPOINT"] = agent.Endpoint,
            ["MESOS_CHECKPOINT"] = "1",
            ["MESOS_HTTP_COMMAND_EXECUTOR"] = "0",
            ["MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD"] = ShutdownGrace,
            ["MESOS_RECOVERY_TIMEOUT"] = string.Create(CultureInfo.InvariantCulture, $"{options.RecoveryTimeout.TotalSeconds:0}secs"),
            ["MESOS_SUBSCRIPTION_BACKOFF_MAX"] = BackoffMax,
        };
        if (options.DefaultImage is { } image)
        {
            environment["MESOS_DEFAULT_CONTAINER_IMAGE"] = image;
        }

        return environment;
    }

    /// <summary>Of a module, beside the server's folder; of a build, in the module that it made.</summary>
    private static string Find(string folder)
    {
        string[] places =
        [
            Path.Combine(folder, ProgramName),
            Path.Combine(folder, "..", "linux-x64", ProgramName),
            Path.Combine(folder, "linux-x64", ProgramName),
        ];
        return places.FirstOrDefault(File.Exists) is { } found
            ? Path.GetFullPath(found)
            : throw new MesosDockerException(
                Fault.ProgramMissing,
                $"There is no '{Path.GetFullPath(places[1])}', which runs the containers; build.sh makes it, or name another.");
    }

    private static bool IsAgents(string name)
        => (name.StartsWith("MESOS_", StringComparison.Ordinal) && !name.StartsWith("MESOS_DOCKER_", StringComparison.Ordinal))
            || name.StartsWith("LIBPROCESS_", StringComparison.Ordinal)
            || name == "SSL_ENABLED";

    private static Dictionary<string, string> Own()
    {
        var own = new Dictionary<string, string>();
        foreach (System.Collections.DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            own[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return own;
    }
}
