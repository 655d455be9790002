using System.Globalization;
using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Base of every cmdlet that changes apps, and can wait until they are what is wanted.</summary>
public abstract class RolloutCmdlet : MarathonCmdlet
{
    private const int LongestWait = 7 * 24 * 3600;

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    [ValidateRange(1, LongestWait)]
    public int TimeoutSeconds { get; set; } = 300;

    private protected TimeSpan Patience => TimeSpan.FromSeconds(TimeoutSeconds);

    /// <summary>Writes; where deployments lock what is to be changed, and only then, what -Force does is said and done.</summary>
    private protected async Task<T> UnlockedAsync<T>(Func<bool, Task<T>> write, CancellationToken cancellationToken)
    {
        try
        {
            return await write(false);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.AppLocked && Force)
        {
            await WarnAsync((e.Detail as MarathonRefusal)?.Deployments ?? [], cancellationToken);
            return await write(true);
        }
    }

    private protected async Task<App> WaitForAsync(
        string appId, DeploymentResult? deployment, int maxFailures, CancellationToken cancellationToken)
    {
        using var bar = new ProgressBar(this, $"Deploy {appId}");
        var goal = new RolloutGoal { AppId = appId, Deployment = deployment, Timeout = Patience, MaxFailures = maxFailures };
        return await new Rollout(Client).WaitAsync(goal, new Progress<AppStanding>(now => bar.Show(
            string.Create(CultureInfo.InvariantCulture, $"{now.Ready} of {now.Wanted} ready, {now.Running} running, {now.Outdated} of versions before"),
            now.Wanted == 0 ? null : now.Ready / (double)now.Wanted)), cancellationToken);
    }

    private async Task WarnAsync(IReadOnlyList<string> locks, CancellationToken cancellationToken)
    {
        IReadOnlyList<Deployment> running = await Client.ListDeploymentsAsync(cancellationToken);
        foreach (string id in locks)
        {
            string apps = string.Join(", ", running.FirstOrDefault(one => one.Id == id)?.AffectedApps ?? []);
            WriteWarning($"Cancels the deployment '{id}'{(apps.Length > 0 ? $" of {apps}" : "")}; what it has done so far stays.");
        }
    }
}
