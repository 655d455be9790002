using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What a deployment does with an app.</summary>
/// <param name="Step">When, from 1.</param>
/// <param name="Before">What it is until then; null: there is none.</param>
/// <param name="After">What it becomes; null: it goes.</param>
internal sealed record HeldApp(int Step, string Action, App? Before, App? After);

/// <summary>The apps of one deployment, and which of them the present step still waits for.</summary>
internal sealed class HeldApps
{
    private readonly Dictionary<string, HeldApp> _apps = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pending = new(StringComparer.Ordinal);

    public HeldApps(RunningDeployment deployment)
    {
        GroupTree original = GroupTree.Of(deployment.Original);
        GroupTree target = GroupTree.Of(deployment.Target);
        for (int i = 0; i < deployment.Steps.Count; i++)
        {
            // To start an app is nothing by itself, and another step follows for it.
            foreach (DeploymentAction action in deployment.Steps[i].Actions!.Where(static action => action.Action != DeploymentActions.Start))
            {
                _apps[action.App!] = new HeldApp(i + 1, action.Action!, original.App(action.App!), target.App(action.App!));
            }
        }

        Begin(deployment);
    }

    public bool IsStepDone => _pending.Count == 0;

    public HeldApp this[string appId] => _apps[appId];

    /// <returns>The apps of its present step.</returns>
    public IReadOnlyCollection<string> Begin(RunningDeployment deployment)
    {
        _pending.Clear();
        _pending.UnionWith(deployment.Steps[deployment.CurrentStep - 1].Actions!
            .Where(static action => action.Action != DeploymentActions.Start)
            .Select(static action => action.App!));
        return [.. _pending];
    }

    /// <summary>What is done is done: a task that ends later is replaced, but nothing waits for that.</summary>
    /// <returns>False: nothing waited for it.</returns>
    public bool Finish(string appId) => _pending.Remove(appId);
}
