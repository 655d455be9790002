namespace MesosDocker.Containerizer;

/// <summary>The container holds a framework's own executor, or nobody asked for one: there is nobody to tell.</summary>
internal sealed class NoExecutor : ITaskReporter
{
    private readonly TaskCompletionSource<StopOrder> _never = new();

    public Task Ready => Task.CompletedTask;

    public Task<StopOrder> Stop => _never.Task;

    public void Report(TaskReport report)
    {
    }

    public Task EndAsync(TaskReport report, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SettleAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
