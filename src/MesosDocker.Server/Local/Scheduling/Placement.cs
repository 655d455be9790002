using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Launches what is to be launched, as far as there is room for it, and remembers why the rest waits.</summary>
internal sealed class Placement(Turn turn)
{
    private readonly EventsOf _events = new(turn.Agent, turn.Now);
    private Offer? _offer;

    /// <param name="app">What they are launched as; null: there is none.</param>
    public void Launch(string appId, App? app, int count)
    {
        WaitingApp? waiting = turn.State.Waiting.GetValueOrDefault(appId);
        if (count == 0 || app is null)
        {
            turn.Wait(appId, null);
            return;
        }

        waiting = (waiting?.App == app ? waiting : null) ?? new WaitingApp { App = app, Count = count, Since = turn.Now };
        if (turn.State.Delays.TryGetValue(appId, out LaunchDelay? delay) && delay.Until > turn.Now)
        {
            turn.Wait(appId, waiting with { Count = count });
            return;
        }

        int left = count;
        while (left > 0 && TryLaunch(app, ref waiting))
        {
            left--;
        }

        turn.Wait(appId, left == 0 ? null : waiting with { Count = left });
    }

    private bool TryLaunch(App app, ref WaitingApp waiting)
    {
        OfferMatch match = OfferMatch.Of(
            app,
            turn.Agent,
            Amounts.Of(turn.Agent.Resources) - turn.Index.Used,
            new PortsInUse(turn.Index.UsedPorts.Contains, turn.Index.IsFixed, turn.Index.LastPort),
            turn.Instances(app.Id!));
        waiting = waiting with { ProcessedOffers = waiting.ProcessedOffers + 1, Reasons = match.Reasons };
        if (match.Ports is not { } ports)
        {
            _offer ??= FreeOffer.Of(turn.Agent, turn.Index);
            waiting = waiting with { UnusedOffers = waiting.UnusedOffers + 1, LastUnusedAt = turn.Now, LastOffer = _offer };
            return false;
        }

        waiting = waiting with { LastUsedAt = turn.Now };
        string id = RestingInstances.Next(turn.State, app) is { } resting ? TaskId.Next(resting.TaskId) : TaskId.New(app.Id!, Guid.NewGuid());
        bool isKept = ReferenceEquals(JournalFold.Version(turn.State, app.Id!, app.Version!), app);
        turn.Record(new TaskLaunched(id, app.Id!, app.Version!, ports, turn.Now, isKept ? null : app));
        turn.Call(new AgentCall.Launch(new AgentTask(id, app, ports, turn.State.FrameworkId)));
        turn.Tell(_events.Instance(turn.State.Instances[id], nameof(InstanceCondition.Staging)));
        _offer = null;
        return true;
    }
}
