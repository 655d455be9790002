using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>
/// From the start of compose to the end of the pod, if it comes by itself: watches its containers, copies their output, and tells the agent how it
/// stands.
/// </summary>
internal sealed class PodLife(
    PodContext context, PodPlan plan, PodSettings settings, PodHookRunner hooks, PodReporter reporter, PodOutput output)
{
    private static readonly TimeSpan s_forEver = TimeSpan.FromDays(36500);

    private readonly PodJudge _judge = new(plan, settings.EndUnhealthy);
    private readonly LastWords _lastWords = new(context.Engine);
    private readonly Deadline _startBy = Deadline.In(settings.StartTimeout == TimeSpan.Zero ? s_forEver : settings.StartTimeout);
    private PodVerdict.Running? _told;
    private string? _waitingFor;
    private bool _wasUp;

    /// <summary>As they were last seen.</summary>
    public IReadOnlyList<PodContainer> Containers { get; private set; } = [];

    /// <param name="up">Starts compose, and completes when it has started everything.</param>
    /// <exception cref="MesosDockerException">Compose could not start it, or it took too long.</exception>
    public async Task<PodEnd> LiveAsync(Func<CancellationToken, Task<string>> up, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = new PodWatch(context.Engine, plan.Pod, context.Log);
        Task<string> starting = up(over.Token);
        Task waking = WakeAsync(starting, watch, over.Token);
        try
        {
            await foreach (PodSnapshot snapshot in watch.SnapshotsAsync(over.Token).ConfigureAwait(false))
            {
                Containers = snapshot.Containers;
                output.See(Containers);
                if (await JudgeAsync(snapshot, starting, cancellationToken).ConfigureAwait(false) is { } end)
                {
                    return end with { Containers = Containers };
                }
            }

            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(starting, waking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What is to be looked at besides what containers do: that compose is done, and that the time is over.</summary>
    private async Task WakeAsync(Task starting, PodWatch watch, CancellationToken cancellationToken)
    {
        Task clock = Clock(cancellationToken);
        await Task.WhenAny(starting, clock).ConfigureAwait(false);
        watch.Wake();
        await clock.ConfigureAwait(false);
        watch.Wake();
    }

    private Task Clock(CancellationToken cancellationToken)
        => Task.Delay(settings.StartTimeout == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : settings.StartTimeout, cancellationToken);

    private async Task<PodEnd?> JudgeAsync(PodSnapshot snapshot, Task<string> starting, CancellationToken cancellationToken)
    {
        bool isUp = starting.IsCompletedSuccessfully;
        PodVerdict verdict = _judge.Judge(Containers, snapshot.Vanished, isUp);
        if (starting.IsFaulted && verdict is not PodVerdict.Failed)
        {
            // What compose said says more than the containers.
            await starting.ConfigureAwait(false);
        }

        if (isUp && !_wasUp)
        {
            _wasUp = true;
            SayOfCompose(await starting.ConfigureAwait(false));
        }

        switch (verdict)
        {
            case PodVerdict.Waiting waiting when _told is null:
                return _startBy.HasPassed ? PodEnd.Failed(TooLate(waiting)) : Tell(waiting);
            case PodVerdict.Running running:
                await TellAsync(running, cancellationToken).ConfigureAwait(false);
                return null;
            case PodVerdict.Finished:
                return new PodEnd(Mesos.TaskState.Finished, "All containers of the pod have ended with status 0.");
            case PodVerdict.Failed failed:
                return PodEnd.Failed(failed.Message + await _lastWords.OfAsync(failed.Container, cancellationToken).ConfigureAwait(false)) with { Reason = failed.Reason };
            default:
                return null;
        }
    }

    private PodEnd? Tell(PodVerdict.Waiting waiting)
    {
        if (_waitingFor != waiting.For)
        {
            _waitingFor = waiting.For;
            reporter.Starting($"Waiting for {waiting.For}.");
        }

        return null;
    }

    private async Task TellAsync(PodVerdict.Running running, CancellationToken cancellationToken)
    {
        if (_told == running)
        {
            return;
        }

        if (_told is null)
        {
            await hooks.AfterAsync(PodPhase.Up, cancellationToken).ConfigureAwait(false);
        }

        _told = running;
        string message = running.Complaint ?? string.Create(
            CultureInfo.InvariantCulture, $"The pod runs with {Containers.Count} container{(Containers.Count == 1 ? "" : "s")}.");
        string[] addresses = [.. Containers.SelectMany(static container => container.Addresses).Distinct()];
        reporter.Running(message, running.Healthy, PodDescription.Write(plan, Containers), addresses);
        ResidentMemory.Release();
    }

    private void SayOfCompose(string said)
    {
        foreach (string line in said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            context.Streams.Notes.Say(line);
        }
    }

    private string TooLate(PodVerdict.Waiting waiting) => string.Create(
        CultureInfo.InvariantCulture,
        $"The pod did not run within {settings.StartTimeout.TotalSeconds:0} seconds: it still waited for {waiting.For} (mesosdocker.pod.start-timeout).");
}
