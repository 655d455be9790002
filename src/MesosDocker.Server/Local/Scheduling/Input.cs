namespace MesosDocker.Local;

/// <summary>Something that the loop takes in its turn.</summary>
internal abstract class Input
{
    /// <summary>It must not be lost: where it could not be written down, it comes again.</summary>
    public virtual bool ComesAgain => false;

    public abstract void Decide(Turn turn);

    /// <summary>What followed is on the disk.</summary>
    public virtual void Done()
    {
    }

    /// <summary>Nothing followed.</summary>
    public virtual void Failed(Exception cause)
    {
    }
}

/// <summary>Something that somebody waits for.</summary>
internal sealed class Request<T>(Func<Turn, T> decide, CancellationToken cancellationToken) : Input
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Action? _finish;

    public Task<T> Answer => _answer.Task;

    public override void Decide(Turn turn)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _answer.TrySetCanceled(cancellationToken);
            return;
        }

        // Whatever it throws is its caller's, and must not end the loop.
        (ClusterState, int, int, int) mark = turn.Mark();
        var decided = new Task<T>(() => decide(turn));
        decided.RunSynchronously(TaskScheduler.Default);
        if (decided.Exception is { } thrown)
        {
            turn.GoBack(mark);
            _finish = () => _answer.TrySetException(thrown.InnerExceptions);
        }
        else
        {
            _finish = () => _answer.TrySetResult(decided.Result);
        }
    }

    public override void Done() => _finish?.Invoke();

    public override void Failed(Exception cause) => _answer.TrySetException(cause);
}

/// <param name="isAgents">It is to be acknowledged.</param>
internal sealed class UpdateInput(AgentUpdate update, bool isAgents) : Input
{
    public override bool ComesAgain => true;

    public override void Decide(Turn turn)
    {
        new TaskNews(turn).Update(update);
        if (isAgents)
        {
            turn.Call(new AgentCall.Acknowledge(update));
        }
    }
}

/// <summary>Time went on.</summary>
internal sealed class Tick : Input
{
    public override void Decide(Turn turn)
    {
    }
}
