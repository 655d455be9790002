using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Deployments as <c>/v2/deployments</c> tells them.</summary>
internal static class DeploymentView
{
    public static Deployment Of(RunningDeployment deployment, ClusterState state) => new()
    {
        Id = deployment.Id,
        Version = deployment.Version,
        AffectedApps = [.. deployment.AffectedApps],
        AffectedPods = [],
        Steps = deployment.Steps,
        CurrentActions = [.. CurrentActions(deployment).Select(action => action with { ReadinessCheckResults = Readiness(action.App, state) })],
        CurrentStep = deployment.CurrentStep,
        TotalSteps = deployment.Steps.Count,
    };

    private static IReadOnlyList<DeploymentAction> CurrentActions(RunningDeployment deployment)
        => deployment.Steps.ElementAtOrDefault(deployment.CurrentStep - 1)?.Actions ?? [];

    private static ReadinessResult[] Readiness(string? appId, ClusterState state)
        => [.. state.Instances.Values
            .Where(instance => instance.AppId == appId)
            .Select(static instance => instance.Readiness)
            .OfType<ReadinessResult>()];
}
