using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Which checks have to be made at a moment, by task and place of the check.</summary>
internal static class ProbePlan
{
    /// <summary>The place of the readiness check among a task's checks.</summary>
    public const int Readiness = -1;

    public static IEnumerable<(string TaskId, int Check, Instance Instance)> Of(ClusterState state)
    {
        HashSet<string> deployed = [.. state.Deployments.SelectMany(static deployment => deployment.AffectedApps)];
        foreach (Instance instance in state.Instances.Values)
        {
            if (instance.Condition != InstanceCondition.Running)
            {
                continue;
            }

            for (int i = 0; i < (instance.App.HealthChecks?.Count ?? 0); i++)
            {
                if (IsByMarathon(instance.App.HealthChecks![i]))
                {
                    yield return (instance.TaskId, i, instance);
                }
            }

            if (instance.App.ReadinessChecks is { Count: > 0 } && instance.Readiness?.Ready != true && deployed.Contains(instance.AppId))
            {
                yield return (instance.TaskId, Readiness, instance);
            }
        }
    }

    /// <summary>The others are the agent's business.</summary>
    public static bool IsByMarathon(HealthCheck check) => check.Protocol is null or HealthProtocols.Http or "HTTPS" or "TCP";
}
