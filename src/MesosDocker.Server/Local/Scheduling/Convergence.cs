using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What follows by itself: instances launched and ended until there are those that are wanted, deployments led on.</summary>
internal sealed class Convergence(Turn turn)
{
    /// <summary>How long after the end of its grace nothing may be heard of a task that was told to end, before it is told again.</summary>
    private static readonly TimeSpan s_killPatience = TimeSpan.FromSeconds(10);

    private readonly EventsOf _events = new(turn.Agent, turn.Now);
    private Offer? _offer;

    public void Run()
    {
        KillAgain();
        TouchDue();
        Settle();
        if (turn.IsRoomier)
        {
            foreach (string appId in turn.State.Waiting.Keys)
            {
                turn.Touch(appId);
            }

            Settle();
        }
    }

    /// <summary>When time alone will change something; null: never.</summary>
    public static DateTimeOffset? Due(ClusterState state, ClusterIndex index)
    {
        DateTimeOffset due = DateTimeOffset.MaxValue;
        foreach ((string appId, WaitingApp waiting) in state.Waiting)
        {
            if (DelayDue(state, appId, waiting) is { } end && end < due)
            {
                due = end;
            }
        }

        foreach (string taskId in index.Killing)
        {
            DateTimeOffset again = KillDue(state.Instances[taskId]);
            due = again < due ? again : due;
        }

        return due == DateTimeOffset.MaxValue ? null : due;
    }

    // Once its delay is over and it was looked at, it waits for room and no longer for time.
    private static DateTimeOffset? DelayDue(ClusterState state, string appId, WaitingApp waiting)
        => state.Delays.TryGetValue(appId, out LaunchDelay? delay) && !(waiting.LastUnusedAt >= delay.Until) ? delay.Until : null;

    private static DateTimeOffset KillDue(Instance instance)
        => (instance.KillAskedAt ?? instance.StagedAt) + Turn.Grace(instance.App) + s_killPatience;

    private void KillAgain()
    {
        foreach (Instance instance in turn.Index.Killing.Select(id => turn.State.Instances[id]).Where(instance => KillDue(instance) <= turn.Now).ToArray())
        {
            turn.Note(new KillAsked(instance.TaskId, turn.Now, instance.IsDecommissioned));
            turn.Call(new AgentCall.Kill(instance.TaskId, Turn.Grace(instance.App)));
        }
    }

    private void TouchDue()
    {
        foreach ((string appId, WaitingApp waiting) in turn.State.Waiting)
        {
            if (DelayDue(turn.State, appId, waiting) <= turn.Now)
            {
                turn.Touch(appId);
            }
        }
    }

    private void Settle()
    {
        do
        {
            while (turn.TakeTouched() is { } appId)
            {
                Settle(appId);
            }
        }
        while (LeadOn());
    }

    private void Settle(string appId)
    {
        IReadOnlyList<Instance> instances = turn.Instances(appId);
        RunningDeployment? deployment = turn.Index.Holder(appId) is { } holder ? turn.State.Deployments.Find(running => running.Id == holder) : null;
        (AppStep step, App? app) = Step(appId, instances, deployment);
        foreach (Instance instance in step.Kills)
        {
            turn.Kill(instance, isForGood: true);
        }

        Launch(appId, app, step.Launches);
        if (step.IsDone && deployment is not null && turn.Index.Held(deployment.Id).Finish(appId))
        {
            Finish(turn.Index.Held(deployment.Id)[appId], appId);
        }
    }

    private (AppStep Step, App? App) Step(string appId, IReadOnlyList<Instance> instances, RunningDeployment? deployment)
    {
        HeldApp? held = deployment is null ? null : turn.Index.Held(deployment.Id)[appId];
        bool isTurn = held is not null && held.Step <= deployment!.CurrentStep;

        // Until its turn has come, an app stays what it was.
        App? app = held is null ? turn.Index.Apps.GetValueOrDefault(appId) : isTurn ? held.After : held.Before;
        AppStep step = app is null ? AppStep.Stop(instances)
            : isTurn && held!.Action == DeploymentActions.Restart ? RollingUpdate.Next(app, instances)
            : Scaling.Next(app, instances, isTurn ? deployment!.KilledFirst : []);
        return (step, app);
    }

    private void Finish(HeldApp held, string appId)
    {
        if (held.Action == DeploymentActions.Stop)
        {
            turn.Tell(_events.AppTerminated(appId));
        }

        if (held.Action is DeploymentActions.Stop or DeploymentActions.Restart && held.Before is { } before)
        {
            foreach (MarathonEvent removed in _events.HealthChecks(before, isAdded: false))
            {
                turn.Tell(removed);
            }
        }
    }

    private void Launch(string appId, App? app, int count)
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
        string id = TaskId.New(app.Id!, Guid.NewGuid());
        bool isKept = ReferenceEquals(JournalFold.Version(turn.State, app.Id!, app.Version!), app);
        turn.Record(new TaskLaunched(id, app.Id!, app.Version!, ports, turn.Now, isKept ? null : app));
        turn.Call(new AgentCall.Launch(new AgentTask(id, app, ports, turn.State.FrameworkId)));
        turn.Tell(_events.Instance(turn.State.Instances[id], nameof(InstanceCondition.Staging)));
        _offer = null;
        return true;
    }

    /// <returns>Whether there is more to do.</returns>
    private bool LeadOn()
    {
        bool isMoved = false;
        foreach (RunningDeployment deployment in turn.State.Deployments)
        {
            if (!turn.Index.Held(deployment.Id).IsStepDone)
            {
                continue;
            }

            isMoved = true;
            turn.Tell(_events.Step(deployment, isDone: true));
            if (deployment.CurrentStep == deployment.Steps.Count)
            {
                turn.Record(new DeploymentOver(deployment.Id));
                turn.Tell(_events.Deployment(deployment, isSuccess: true));
            }
            else
            {
                Begin(deployment.Id, deployment.CurrentStep + 1);
            }
        }

        return isMoved;
    }

    private void Begin(string deploymentId, int step)
    {
        turn.Record(new StepBegun(deploymentId, step));
        RunningDeployment deployment = turn.State.Deployments.Find(running => running.Id == deploymentId)!;
        turn.Tell(_events.Step(deployment, isDone: false));
        foreach (string appId in turn.Index.Held(deploymentId).Begin(deployment))
        {
            turn.Touch(appId);
        }
    }
}
