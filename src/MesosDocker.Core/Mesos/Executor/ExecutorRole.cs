namespace MesosDocker.Mesos;

/// <summary>How to be an executor, from the environment that the agent gave it (docs/executor-http-api.md), and the launch if there is
/// one.</summary>
internal sealed record ExecutorRole
{
    // Defaults of Mesos 1.0 (src/slave/constants.cpp, src/exec/exec.cpp).
    private static readonly TimeSpan s_recoveryTimeout = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_backoffMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_shutdownGrace = TimeSpan.FromSeconds(5);

    // What is left of the shutdown grace when the containers have had their share, for the last update to get through.
    private static readonly TimeSpan s_shutdownMargin = TimeSpan.FromSeconds(1);

    public required Uri Endpoint { get; init; }

    /// <summary>The environment that the agent gave its executor.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required ExecutorIdentity Identity { get; init; }

    public required bool Checkpoint { get; init; }

    /// <summary>How long a lost agent is looked for, with checkpointing.</summary>
    public required TimeSpan RecoveryTimeout { get; init; }

    public required TimeSpan BackoffMax { get; init; }

    /// <summary>What the agent allows between SHUTDOWN and destroying the container.</summary>
    public required TimeSpan ShutdownGrace { get; init; }

    /// <summary>How long the agent may take to accept the first subscription.</summary>
    public required TimeSpan SubscribeTimeout { get; init; }

    /// <summary>What tasks have of the shutdown grace.</summary>
    public TimeSpan TaskShutdownGrace => ShutdownGrace > s_shutdownMargin ? ShutdownGrace - s_shutdownMargin : TimeSpan.Zero;

    /// <summary>Of a launch. Null if it or the environment names no framework, or no agent.</summary>
    public static ExecutorRole? From(Launch launch, IReadOnlyDictionary<string, string> environment, TimeSpan subscribeTimeout)
        => Make(
            launch.Executor?.FrameworkId ?? environment.GetValueOrDefault("MESOS_FRAMEWORK_ID"),
            launch.Executor?.ExecutorId ?? launch.Task?.TaskId,
            AgentEndpoint.Find(environment, launch.AgentPid),
            launch.Checkpoint,
            launch.Executor?.ShutdownGrace,
            environment,
            subscribeTimeout);

    /// <summary>Of a process that an agent started as an executor. Null if the environment does not tell that.</summary>
    public static ExecutorRole? From(IReadOnlyDictionary<string, string> environment, TimeSpan subscribeTimeout)
        => Make(
            environment.GetValueOrDefault("MESOS_FRAMEWORK_ID"),
            environment.GetValueOrDefault("MESOS_EXECUTOR_ID"),
            AgentEndpoint.Find(environment, agentPid: null),
            environment.GetValueOrDefault("MESOS_CHECKPOINT") is "1" or "true",
            shutdownGrace: null,
            environment,
            subscribeTimeout);

    private static ExecutorRole? Make(
        string? framework,
        string? executor,
        Uri? endpoint,
        bool checkpoint,
        TimeSpan? shutdownGrace,
        IReadOnlyDictionary<string, string> environment,
        TimeSpan subscribeTimeout)
        => framework is null || executor is null || endpoint is null ? null : new ExecutorRole
        {
            Endpoint = endpoint,
            Environment = environment,
            Identity = new ExecutorIdentity(framework, executor),
            Checkpoint = checkpoint,
            RecoveryTimeout = Duration(environment, "MESOS_RECOVERY_TIMEOUT") ?? s_recoveryTimeout,
            BackoffMax = Duration(environment, "MESOS_SUBSCRIPTION_BACKOFF_MAX") ?? s_backoffMax,
            ShutdownGrace = shutdownGrace ?? Duration(environment, "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD") ?? s_shutdownGrace,
            SubscribeTimeout = subscribeTimeout,
        };

    private static TimeSpan? Duration(IReadOnlyDictionary<string, string> environment, string name)
        => MesosDuration.TryParse(environment.GetValueOrDefault(name), out TimeSpan value) ? value : null;
}
