namespace MesosDocker.Commands;

/// <summary>
/// Runs asynchronous work so that every continuation comes back to the thread that called <see cref="Run"/>: the one thread from
/// which PowerShell accepts output.
/// </summary>
internal sealed class PipelinePump : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Work, object? State)> _queue = [];
    private bool _closed;

    /// <summary>Returns when <paramref name="body"/> has ended, and throws what it threw.</summary>
    public static void Run(Func<Task> body)
    {
        var pump = new PipelinePump();
        using var _ = new Scope(pump);
        try
        {
            Task task = body();
            task.ContinueWith(
                static (_, state) => ((PipelinePump)state!).Close(),
                pump,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);

            while (pump.TryTake(out (SendOrPostCallback Work, object? State) next))
            {
                next.Work(next.State);
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            pump.Abandon();
        }
    }

    /// <summary>Hides the pump while foreign code (the rest of the pipeline, a prompt) runs on this thread.</summary>
    public static Scope Leave() => new(null);

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_queue)
        {
            if (!_closed)
            {
                _queue.Enqueue((d, state));
                Monitor.Pulse(_queue);
                return;
            }
        }

        // The cmdlet is done. Work that it forgot to await may finish, but never on the pipeline thread.
        ThreadPool.QueueUserWorkItem(static item => item.Work(item.State), (Work: d, State: state), preferLocal: false);
    }

    public override void Send(SendOrPostCallback d, object? state)
        => throw new NotSupportedException("The pipeline thread accepts posted work only.");

    // An awaiter compares contexts by reference; a copy is the same pump.
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>False when nothing is queued and nothing will be.</summary>
    private bool TryTake(out (SendOrPostCallback Work, object? State) next)
    {
        lock (_queue)
        {
            while (_queue.Count == 0 && !_closed)
            {
                Monitor.Wait(_queue);
            }

            return _queue.TryDequeue(out next);
        }
    }

    private void Close()
    {
        lock (_queue)
        {
            _closed = true;
            Monitor.Pulse(_queue);
        }
    }

    // Only an exception out of posted work leaves the loop with work still queued; nobody else would ever run it.
    private void Abandon()
    {
        Close();
        while (TryTake(out (SendOrPostCallback Work, object? State) next))
        {
            Post(next.Work, next.State);
        }
    }

    /// <summary>Sets this thread's context, and puts the old one back when disposed.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly SynchronizationContext? _outer;

        public Scope(SynchronizationContext? inner)
        {
            _outer = Current;
            SetSynchronizationContext(inner);
        }

        public void Dispose() => SetSynchronizationContext(_outer);
    }
}
