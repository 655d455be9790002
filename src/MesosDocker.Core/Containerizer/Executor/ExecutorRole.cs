using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>How to be an executor, from the launch and the environment that the agent gave it (docs/executor-http-api.md).</summary>
internal sealed record ExecutorRole
{
    // Defaults of Mesos 1.0 (src/slave/constants.cpp, src/exec/exec.cpp).
    private static readonly TimeSpan s_recoveryTimeout = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_backoffMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_shutdownGrace = TimeSpan.FromSeconds(5);

    public required Uri Endpoint { get; init; }

    /// <summary>The environment that the agent gave its executor.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required ExecutorIdentity Identity { get; init; }

    public required string TaskId { get; init; }

    public required bool Checkpoint { get; init; }

    /// <summary>How long a lost agent is looked for, with checkpointing.</summary>
    public required TimeSpan RecoveryTimeout { get; init; }

    public required TimeSpan BackoffMax { get; init; }

    /// <summary>What the agent allows between SHUTDOWN and destroying the container.</summary>
    public required TimeSpan ShutdownGrace { get; init; }

    /// <summary>What the task has between KILL and its end: its own kill policy, else the shutdown grace, as Mesos's Docker executor
    /// has it.</summary>
    public required TimeSpan KillGrace { get; init; }

    /// <summary>How long the agent may take to accept the first subscription.</summary>
    public required TimeSpan SubscribeTimeout { get; init; }

    /// <summary>Null if the launch is not a command task's, or names no agent.</summary>
    public static ExecutorRole? From(Launch launch, IReadOnlyDictionary<string, string> environment, TimeSpan subscribeTimeout)
    {
        string? framework = launch.Executor?.FrameworkId ?? environment.GetValueOrDefault("MESOS_FRAMEWORK_ID");
        if (launch.Task is not { } task || framework is null || AgentEndpoint.Find(environment, launch.AgentPid) is not { } endpoint)
        {
            return null;
        }

        TimeSpan shutdownGrace = launch.Executor?.ShutdownGrace
            ?? Duration(environment, "MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD")
            ?? s_shutdownGrace;
        return new ExecutorRole
        {
            Endpoint = endpoint,
            Environment = environment,
            Identity = new ExecutorIdentity(framework, launch.Executor?.ExecutorId ?? task.TaskId),
            TaskId = task.TaskId,
            Checkpoint = launch.Checkpoint,
            RecoveryTimeout = Duration(environment, "MESOS_RECOVERY_TIMEOUT") ?? s_recoveryTimeout,
            BackoffMax = Duration(environment, "MESOS_SUBSCRIPTION_BACKOFF_MAX") ?? s_backoffMax,
            ShutdownGrace = shutdownGrace,
            KillGrace = task.KillGrace ?? shutdownGrace,
            SubscribeTimeout = subscribeTimeout,
        };
    }

    private static TimeSpan? Duration(IReadOnlyDictionary<string, string> environment, string name)
        => MesosDuration.TryParse(environment.GetValueOrDefault(name), out TimeSpan value) ? value : null;
}
