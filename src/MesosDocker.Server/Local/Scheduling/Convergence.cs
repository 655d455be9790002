using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What follows by itself: instances launched and ended until there are those that are wanted, deployments led on.</summary>
internal sealed class Convergence(Turn turn)
{
    /// <summary>How long after the end of its grace nothing may be heard of a task that was told to end, before it is told again.</summary>
    private static readonly TimeSpan s_killPatience = TimeSpan.FromSeconds(10);

    private readonly EventsOf _events = new(turn.Agent, turn.Now);
    private readonly Placement _placement = new(turn);

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
        IEnumerable<Instance> killing = turn.Index.Killing.Select(id => turn.State.Instances[id]);
        foreach (Instance instance in killing.Where(instance => KillDue(instance) <= turn.Now).ToArray())
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
        string? holder = turn.Index.Holder(appId);
        RunningDeployment? deployment = holder is null ? null : turn.State.Deployments.Find(running => running.Id == holder);
        (AppStep step, App? app) = Step(appId, instances, deployment);
        foreach (Instance instance in step.Kills)
        {
            turn.Kill(instance, isForGood: true);
        }

        _placement.Launch(appId, app, step.Launches);
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
