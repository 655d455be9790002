using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Deployments of a cmdlet that go on when it does not wait for them any more.</summary>
internal sealed class OnTheWay
{
    private readonly OrderedDictionary<string, string> _deployments = [];

    /// <param name="deploymentId">It takes the place of the one before; null: nothing was begun.</param>
    public void Begin(string appId, string? deploymentId)
    {
        if (deploymentId is not null)
        {
            _deployments[appId] = deploymentId;
        }
    }

    public void Finish(string appId) => _deployments.Remove(appId);

    /// <summary>What to know of them; null: there are none.</summary>
    public string? Say() => _deployments.Count switch
    {
        0 => null,
        1 => Say(_deployments.GetAt(0).Key, _deployments.GetAt(0).Value),
        _ => $"The deployments of {string.Join(", ", _deployments.Keys)} go on: 'Get-MesosDockerDeployment' lists them, "
            + "'Wait-MesosDockerDeployment' waits for them, and 'Stop-MesosDockerDeployment' takes them back.",
    };

    /// <summary>What to know of those that were still there when waiting failed; null: nothing is left.</summary>
    public static string? Say(WaitVerdict verdict) => verdict switch
    {
        { Outcome: WaitOutcome.Impossible, Deployments: [var id, ..] } => $"The deployment stays and waits; 'Stop-MesosDockerDeployment {id}' takes it back.",
        { Outcome: WaitOutcome.Failing or WaitOutcome.TimedOut, Deployments: [var id, ..] } => Say(verdict.AppId, id),
        { Outcome: WaitOutcome.Failing } => $"The app stays, and is started again and again; 'Undo-MesosDockerApp {verdict.AppId}' brings back the version before, "
            + $"'Remove-MesosDockerApp {verdict.AppId}' takes it away.",
        _ => null,
    };

    private static string Say(string appId, string deploymentId)
        => $"The deployment '{deploymentId}' of {appId} goes on: 'Wait-MesosDockerDeployment {deploymentId}' waits for it, "
            + $"'Stop-MesosDockerDeployment {deploymentId}' takes it back.";
}
