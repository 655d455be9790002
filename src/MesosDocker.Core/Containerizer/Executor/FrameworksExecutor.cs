using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// The container holds a framework's own executor, which speaks for itself. Only where an agent may have forgotten it is the agent asked,
/// in the executor's name, with an empty message for its framework: one that has forgotten it refuses the call, and the container is
/// stopped; one that knows it was about to wait for it.
/// </summary>
internal sealed class FrameworksExecutor(
    Uri agent, IReadOnlyDictionary<string, string> environment, ExecutorIdentity executor, Action<StopOrder> stop, Log log) : ITaskReporter
{
    private readonly CancellationTokenSource _closing = new();
    private Task _asking = Task.CompletedTask;

    /// <summary>Null if the launch is a command task's, or names no agent.</summary>
    public static FrameworksExecutor? For(Launch launch, IReadOnlyDictionary<string, string> environment, Action<StopOrder> stop, Log log)
        => launch is { Task: null, Executor: { } executor }
            && AgentEndpoint.Find(environment, launch.AgentPid) is { } agent
            && (executor.FrameworkId ?? environment.GetValueOrDefault("MESOS_FRAMEWORK_ID")) is { } framework
                ? new FrameworksExecutor(agent, environment, new ExecutorIdentity(framework, executor.ExecutorId), stop, log)
                : null;

    public Task Ready => Task.CompletedTask;

    public void Report(TaskReport report)
    {
    }

    public Task EndAsync(TaskReport report, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void CheckSubscription()
    {
        if (_asking.IsCompleted)
        {
            _asking = AskAsync(_closing.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        using var api = new ExecutorApi(agent, environment);
        try
        {
            byte[] empty = MesosCodec.EncodeExecutorMessage(executor, ReadOnlyMemory<byte>.Empty);
            await api.SendAsync(empty, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.AgentRejected)
        {
            log.Warning($"{e.Message} The executor '{executor.ExecutorId}' is given up.");
            stop(new StopOrder($"its supervisor: {e.Message}", null) { IsFailure = true });
        }
        catch (MesosDockerException e)
        {
            // It is away, starts, or is too old to be asked.
            log.Debug(e.Message);
        }
    }
}
