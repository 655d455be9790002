using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What people ask for.</summary>
internal sealed class Changes(Turn turn, Func<string> nextVersion)
{
    private readonly EventsOf _events = new(turn.Agent, turn.Now);

    /// <exception cref="RefusedException"></exception>
    public DeploymentResult Change(ClusterChange change, bool force, string? cancelled = null)
    {
        ChangePlan plan = ChangePlan.Make(turn.State, change, nextVersion());
        string[] holders = [.. plan.AffectedApps.Select(turn.Index.Holder).Append(cancelled).OfType<string>().Distinct()];
        if (holders.Length > 0 && !force)
        {
            throw new RefusedException(
                Refusal.Locked,
                "App is locked by one or more deployments. Override with the option '?force=true'. View details at '/v2/deployments/<DEPLOYMENT_ID>'.")
            {
                Deployments = holders,
            };
        }

        RunningDeployment[] broken = [.. turn.State.Deployments.Where(deployment => holders.Contains(deployment.Id))];
        string id = Guid.NewGuid().ToString();
        RunningDeployment? begun = Begin(id, plan, change, holders);
        foreach (RunningDeployment deployment in broken)
        {
            turn.Tell(_events.Deployment(deployment, isSuccess: false));
            Touch(deployment.AffectedApps);
        }

        if (!plan.Delta.IsEmpty)
        {
            turn.Tell(_events.GroupChanged(plan.Delta.Place(), plan.Version));
        }

        Announce(plan, begun ?? Over(id, plan, turn.State.Root), isOver: begun is null);
        return new DeploymentResult { DeploymentId = id, Version = plan.Version };
    }

    /// <exception cref="RefusedException"></exception>
    public (IReadOnlyList<Instance> Killed, DeploymentResult? Deployment) Kill(KillRequest request)
    {
        Instance[] found = [.. request.TaskIds.Distinct()
            .Select(id => turn.State.Instances.GetValueOrDefault(id) ?? RestingInstances.Find(turn.State, id))
            .OfType<Instance>()];
        Instance[] killed = [.. found.Where(static instance => instance.Condition != InstanceCondition.Resting)];
        DeploymentResult? deployment = null;
        if (request.Scale)
        {
            ILookup<string, Instance> gone = killed
                .Where(static instance => instance.Condition != InstanceCondition.Killing)
                .ToLookup(static instance => instance.AppId);
            App Fewer(App app) => gone[app.Id!].Count() is > 0 and var fewer
                ? app with { Instances = Math.Max(0, (app.Instances ?? 0) - fewer) }
                : app;
            deployment = Change(new ClusterChange((state, _) => WithApps(state.Root, Fewer)), request.Force);
        }

        foreach (Instance instance in killed)
        {
            turn.Kill(instance, isForGood: request.Scale || request.Wipe, isWiped: request.Wipe);
        }

        foreach (Instance resting in request.Wipe ? found.Except(killed) : [])
        {
            turn.Record(new InstanceWiped(resting.TaskId, resting.AppId));
        }

        return (found, deployment);
    }

    /// <exception cref="RefusedException"></exception>
    public DeploymentResult? Cancel(string deploymentId, bool force)
    {
        RunningDeployment deployment = turn.State.Deployments.Find(running => running.Id == deploymentId)
            ?? throw new RefusedException(Refusal.NotFound, $"DeploymentPlan {deploymentId} does not exist");
        if (!force)
        {
            return Change(Reversal.Of(deployment), force: true, cancelled: deploymentId);
        }

        turn.Record(new DeploymentOver(deploymentId));
        turn.Tell(_events.Deployment(deployment, isSuccess: false));
        Touch(deployment.AffectedApps);
        return null;
    }

    /// <exception cref="RefusedException"></exception>
    public void ResetDelay(string appId)
    {
        if (!turn.Index.Apps.ContainsKey(appId))
        {
            throw new RefusedException(Refusal.NotFound, $"Application {appId} not found in tasks queue.");
        }

        if (turn.State.Delays.ContainsKey(appId))
        {
            turn.Record(new DelaySet(appId, null));
            turn.Touch(appId);
        }
    }

    private static Group WithApps(Group group, Func<App, App> change) => group with
    {
        Apps = group.Apps?.Select(change).ToArray(),
        Groups = group.Groups?.Select(inner => WithApps(inner, change)).ToArray(),
    };

    private RunningDeployment? Begin(string id, ChangePlan plan, ClusterChange change, string[] cancelled)
    {
        if (plan.Delta.IsEmpty && cancelled.Length == 0)
        {
            return null;
        }

        PlannedDeployment? planned = plan.Steps.IsEmpty ? null
            : new PlannedDeployment(id, plan.Steps, [.. plan.AffectedApps], [.. change.KilledFirst]);
        turn.Record(new RootChanged
        {
            Version = plan.Version,
            Delta = plan.Delta,
            Deployment = planned,
            Cancelled = [.. cancelled],
            Reconfigured = plan.Reconfigured,
        });
        return planned is null ? null : turn.State.Deployments[^1];
    }

    private void Announce(ChangePlan plan, RunningDeployment deployment, bool isOver)
    {
        if (isOver)
        {
            turn.Tell(_events.Deployment(deployment, isSuccess: true));
            return;
        }

        turn.Tell(_events.Step(deployment, isDone: false));
        foreach (MarathonEvent added in plan.Delta.Apps.SelectMany(app => _events.HealthChecks(app, isAdded: true)))
        {
            turn.Tell(added);
        }

        Touch(deployment.AffectedApps);
    }

    // Clients wait for the end of whatever they were told the id of.
    private static RunningDeployment Over(string id, ChangePlan plan, Group root) => new()
    {
        Id = id,
        Version = plan.Version,
        Original = root,
        Target = root,
        Steps = [],
        CurrentStep = 0,
        AffectedApps = [],
    };

    private void Touch(ImmutableSortedSet<string> appIds)
    {
        foreach (string id in appIds)
        {
            turn.Touch(id);
        }
    }
}
