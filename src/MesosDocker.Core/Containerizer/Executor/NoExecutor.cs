namespace MesosDocker.Containerizer;

/// <summary>No agent is named, or the end is known already: there is nobody to tell.</summary>
internal sealed class NoExecutor : ITaskReporter
{
    public Task Ready => Task.CompletedTask;

    public void Report(TaskReport report)
    {
    }

    public Task EndAsync(TaskReport report, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void CheckSubscription()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
