namespace MesosDocker.Docker;

/// <summary>A caller's token and a time limit as one token, and afterwards the answer to which of them it was.</summary>
internal sealed class TimeLimit : IDisposable
{
    // Timers count to 49 days; what is longer than this is for ever.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(40);

    private readonly CancellationTokenSource _both;
    private readonly CancellationToken _caller;

    public TimeLimit(TimeSpan length, CancellationToken caller)
    {
        Length = length > s_longest ? Timeout.InfiniteTimeSpan : length;
        _caller = caller;
        _both = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _both.CancelAfter(Length);
    }

    public TimeSpan Length { get; }

    public CancellationToken Token => _both.Token;

    /// <summary>One of the two has come.</summary>
    public bool HasCome => _both.IsCancellationRequested;

    /// <summary>It is the limit, and not the caller.</summary>
    public bool IsOver => _both.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <summary>Begins to count anew.</summary>
    public void Restart() => _both.CancelAfter(Length);

    public void ThrowIfCallerCancelled() => _caller.ThrowIfCancellationRequested();

    public void Dispose() => _both.Dispose();
}
