using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <param name="Vanished">One that was there before, and is no more; null: all are.</param>
internal sealed record PodSnapshot(IReadOnlyList<PodContainer> Containers, PodContainer? Vanished);

/// <summary>
/// Looks at a pod's containers whenever the engine says that something has happened to them, and now and then without a word: events are hints, and
/// what the engine answers is the truth.
/// </summary>
internal sealed class PodWatch(DockerEngine engine, string pod, Log log)
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(30);

    // Several things happen at once when a container starts or ends.
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private static readonly string[] s_actions = ["create", "start", "die", "oom", "destroy", "health_status", "pause", "unpause", "restart"];

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Dictionary<string, PodContainer> _known = [];
    private readonly HashSet<string> _stale = [];
    private readonly Lock _lock = new();
    private bool _allStale = true;

    /// <summary>Somebody knows that something has changed.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>A first one at once, and then one after each change; without end.</summary>
    public async IAsyncEnumerable<PodSnapshot> SnapshotsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task listening = ListenAsync(closing.Token);
        try
        {
            while (true)
            {
                if (await TryLookAsync(closing.Token).ConfigureAwait(false) is { } snapshot)
                {
                    yield return snapshot;
                }

                await SleepAsync(closing.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            await closing.CancelAsync().ConfigureAwait(false);
            await listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var filter = new EventFilter { Types = ["container"], Actions = s_actions, Labels = [$"{PodLabels.Pod}={pod}"] };
        while (true)
        {
            try
            {
                using EngineEvents events = await engine.BeginEventsAsync(filter, cancellationToken).ConfigureAwait(false);

                // What happened before this was not heard of.
                MarkAll();
                await foreach (EngineEvent happened in events.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                {
                    Mark(happened.Actor?.Id);
                }
            }
            catch (MesosDockerException e)
            {
                log.Info($"{e.Message} Watching '{pod}' again.");
            }

            await Task.Delay(s_pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<PodSnapshot?> TryLookAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e)
        {
            // The engine is away: whatever it is, nothing is known to have changed.
            log.Warning(e.Message);
            MarkAll();
            await Task.Delay(s_pause, cancellationToken).ConfigureAwait(false);
            return null;
        }
    }

    private async Task<PodSnapshot> LookAsync(CancellationToken cancellationToken)
    {
        (bool all, HashSet<string> stale) = TakeStale();
        var filter = new ContainerFilter { All = true, Labels = [$"{PodLabels.Pod}={pod}"] };
        IReadOnlyList<ContainerSummary> listed = await engine.ListAsync(filter, cancellationToken).ConfigureAwait(false);

        // Compose's own helpers are none of the pod's.
        ContainerSummary[] own = [.. listed.Where(static summary => summary.Labels.GetValueOrDefault(PodLabels.ComposeOneOff) is not ("True" or "true"))];
        PodContainer? vanished = _known.Values.FirstOrDefault(known => !own.Any(summary => summary.Id == known.Id));
        foreach (ContainerSummary summary in own)
        {
            bool isKnown = _known.TryGetValue(summary.Id, out PodContainer? known) && known.State.Status == summary.State;
            if ((all || !isKnown || stale.Contains(summary.Id)) && await InspectAsync(summary.Id, cancellationToken).ConfigureAwait(false) is { } container)
            {
                _known[summary.Id] = container;
            }
        }

        return new PodSnapshot(
            [.. own.Select(summary => _known.GetValueOrDefault(summary.Id)).OfType<PodContainer>().OrderBy(static container => container.Name)], vanished);
    }

    private async Task<PodContainer?> InspectAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return PodContainer.From(await engine.InspectAsync(id, cancellationToken).ConfigureAwait(false));
        }
        catch (MesosDockerException e) when (e.Fault == Fault.ContainerNotFound)
        {
            // Between the list and the question. The next look will find it missing, if it was known.
            Wake();
            return null;
        }
    }

    private async Task SleepAsync(CancellationToken cancellationToken)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        clock.CancelAfter(s_look);
        try
        {
            await _wake.Reader.ReadAsync(clock.Token).ConfigureAwait(false);
            await Task.Delay(s_gather, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            MarkAll();
        }
    }

    private void Mark(string? id)
    {
        lock (_lock)
        {
            _stale.Add(id ?? "");
        }

        Wake();
    }

    private void MarkAll()
    {
        lock (_lock)
        {
            _allStale = true;
        }

        Wake();
    }

    private (bool All, HashSet<string> Stale) TakeStale()
    {
        lock (_lock)
        {
            (bool, HashSet<string>) taken = (_allStale, [.. _stale]);
            _allStale = false;
            _stale.Clear();
            return taken;
        }
    }
}
