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

    /// <summary>What was begun and has to be waited for.</summary>
    private protected OnTheWay Begun { get; } = new();

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

    /// <returns>How everything stands in the end, app by app.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.DeploymentTimedOut"/>, <see cref="Fault.DeploymentFailed"/>, each with the
    /// reasons.</exception>
    private protected Task<IReadOnlyList<WaitProgress>> WaitForAsync(
        string activity, WaitTarget target, int maxFailures, bool tellsWhatStays, CancellationToken cancellationToken)
        => WaitBar.FollowAsync(
            this, Client, activity, target, new WaitOptions { Timeout = Patience, FailureLimit = maxFailures }, tellsWhatStays, cancellationToken);

    protected override void OnStopped()
    {
        if (Wait && Begun.Say() is { } left)
        {
            WriteInformation(new HostInformationMessage { Message = $"Nobody waits any more. {left}" }, ["PSHOST"]);
        }
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
