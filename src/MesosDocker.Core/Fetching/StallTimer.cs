namespace MesosDocker.Fetching;

/// <summary>Ends a step that makes no progress.</summary>
internal sealed class StallTimer(TimeSpan limit, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

    /// <exception cref="MesosDockerException"><see cref="Fault.FetchFailed"/>: the step took longer than the limit.</exception>
    public async ValueTask<T> RunAsync<T>(FetchItem item, Func<CancellationToken, ValueTask<T>> step)
    {
        _source.CancelAfter(limit);
        try
        {
            return await step(_source.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Stalled(item, limit);
        }
        finally
        {
            _source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public static MesosDockerException Stalled(FetchItem item, TimeSpan limit)
        => item.Failed($"nothing has arrived for {limit.TotalSeconds:0.#} seconds");

    public void Dispose() => _source.Dispose();
}
