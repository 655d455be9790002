namespace MesosDocker.Docker;

/// <summary>A caller's token and a time limit as one token, and afterwards the answer to which of them it was.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _both;
    private readonly CancellationToken _caller;

    public TimeLimit(TimeSpan length, CancellationToken caller)
    {
        Length = length;
        _caller = caller;
        _both = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _both.CancelAfter(length);
    }

    public TimeSpan Length { get; }

    public CancellationToken Token => _both.Token;

    /// <summary>It is over, and not because the caller gave up.</summary>
    public bool IsOver => _both.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Begins to count anew.</summary>
    public void Restart() => _both.CancelAfter(Length);

    public void ThrowIfCallerCancelled() => _caller.ThrowIfCancellationRequested();

    public void Dispose() => _both.Dispose();
}
