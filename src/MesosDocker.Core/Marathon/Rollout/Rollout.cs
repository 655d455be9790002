using System.Globalization;
using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>What is waited for.</summary>
public sealed record RolloutGoal
{
    /// <summary>From the root on.</summary>
    public required string AppId { get; init; }

    /// <summary>Null: whatever is on its way.</summary>
    public DeploymentResult? Deployment { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Tasks of the new version that may fail; 0: any number.</summary>
    public int MaxFailures { get; init; } = 3;
}

/// <summary>Waits until apps are what is wanted of them: every task runs, is healthy, and is of the new version.</summary>
public sealed class Rollout(MarathonClient client)
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    /// <param name="progress">Told at each look, a few times a second, on any thread.</param>
    /// <returns>The app as it has become.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.DeploymentTimedOut"/>, <see cref="Fault.DeploymentFailed"/>: its tasks fail,
    /// or something else took its place; both say why. <see cref="Fault.AppNotFound"/>.</exception>
    public async Task<App> WaitAsync(RolloutGoal goal, IProgress<AppStanding>? progress, CancellationToken cancellationToken)
    {
        Deadline deadline = Deadline.In(goal.Timeout);
        var failures = new HashSet<string>();
        TimeSpan pause = s_firstPause;
        while (true)
        {
            App app = await client.FindAppAsync(goal.AppId, cancellationToken).ConfigureAwait(false) ?? throw Gone(goal);
            AppStanding standing = AppStanding.Of(app);
            progress?.Report(standing);
            RefuseReplaced(goal, app);
            if (standing.IsReached)
            {
                return app;
            }

            if (RolloutReason.LastFailure(app) is { TaskId: { } failed } failure && IsOfThis(goal, failure))
            {
                failures.Add(failed);
            }

            if (goal.MaxFailures > 0 && failures.Count >= goal.MaxFailures)
            {
                throw await FailureAsync(
                    Fault.DeploymentFailed,
                    string.Create(CultureInfo.InvariantCulture, $"The app '{goal.AppId}' does not come up: {failures.Count} of its tasks have failed."),
                    app,
                    cancellationToken).ConfigureAwait(false);
            }

            if (deadline.HasPassed)
            {
                throw await FailureAsync(
                    Fault.DeploymentTimedOut,
                    string.Create(CultureInfo.InvariantCulture, $"The app '{goal.AppId}' has not come up within {goal.Timeout.TotalSeconds:0.#} seconds."),
                    app,
                    cancellationToken).ConfigureAwait(false);
            }

            TimeSpan left = deadline.Left > TimeSpan.Zero ? deadline.Left : TimeSpan.Zero;
            await Task.Delay(left < pause ? left : pause, cancellationToken).ConfigureAwait(false);
            pause = pause * 1.5 < s_longestPause ? pause * 1.5 : s_longestPause;
        }
    }

    /// <summary>Waits until a deployment is over, whatever became of it.</summary>
    /// <param name="progress">Told at each look, a few times a second, on any thread.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DeploymentTimedOut"/>, with the reasons of the apps in it.</exception>
    public async Task WaitForDeploymentAsync(string id, TimeSpan timeout, IProgress<Deployment>? progress, CancellationToken cancellationToken)
    {
        Deadline deadline = Deadline.In(timeout);
        TimeSpan pause = s_firstPause;
        while (await FindDeploymentAsync(id, cancellationToken).ConfigureAwait(false) is { } deployment)
        {
            progress?.Report(deployment);
            if (deadline.HasPassed)
            {
                throw new MesosDockerException(
                    Fault.DeploymentTimedOut,
                    string.Create(CultureInfo.InvariantCulture, $"The deployment '{id}' is not over after {timeout.TotalSeconds:0.#} seconds.")
                    + await WhyAsync(deployment, cancellationToken).ConfigureAwait(false));
            }

            TimeSpan left = deadline.Left > TimeSpan.Zero ? deadline.Left : TimeSpan.Zero;
            await Task.Delay(left < pause ? left : pause, cancellationToken).ConfigureAwait(false);
            pause = pause * 1.5 < s_longestPause ? pause * 1.5 : s_longestPause;
        }
    }

    private async Task<Deployment?> FindDeploymentAsync(string id, CancellationToken cancellationToken)
        => (await client.ListDeploymentsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(one => one.Id == id);

    private async Task<string> WhyAsync(Deployment deployment, CancellationToken cancellationToken)
    {
        var reasons = new StringBuilder();
        foreach (string appId in deployment.AffectedApps ?? [])
        {
            if (await client.FindAppAsync(appId, cancellationToken).ConfigureAwait(false) is { } app && !AppStanding.Of(app).IsSettled)
            {
                reasons.Append(CultureInfo.InvariantCulture, $" {appId}: {await WhyAsync(app, cancellationToken).ConfigureAwait(false)}");
            }
        }

        return reasons.ToString();
    }

    private static void RefuseReplaced(RolloutGoal goal, App app)
    {
        if (goal.Deployment is not { Version: { } wanted, DeploymentId: var id } || app.Deployments?.Any(one => one.Id == id) == true)
        {
            return;
        }

        int order = MarathonClient.MomentOf(app.Version).CompareTo(MarathonClient.MomentOf(wanted));
        if (order != 0)
        {
            throw new MesosDockerException(
                Fault.DeploymentFailed,
                order > 0
                    ? $"The deployment of '{goal.AppId}' was overtaken: version {app.Version} took the place of {wanted}. Look at what is deployed now (Get-MesosDockerApp)."
                    : $"The deployment of '{goal.AppId}' was rolled back: its version is {app.Version} again. Look at who cancelled it.");
        }
    }

    // What failed before may still be told.
    private static bool IsOfThis(RolloutGoal goal, TaskFailure failure)
        => goal.Deployment?.Version is not { } version || MarathonClient.MomentOf(failure.Timestamp) >= MarathonClient.MomentOf(version);

    private static MesosDockerException Gone(RolloutGoal goal) => goal.Deployment is null
        ? new MesosDockerException(Fault.AppNotFound, $"There is no app '{goal.AppId}' to wait for.")
        : new MesosDockerException(Fault.DeploymentFailed, $"The app '{goal.AppId}' is gone; somebody removed it while it was deployed.");

    // Asked only now: what waits, and why, is much to read.
    private async Task<MesosDockerException> FailureAsync(Fault fault, string what, App app, CancellationToken cancellationToken)
        => new(fault, $"{what} {await WhyAsync(app, cancellationToken).ConfigureAwait(false)}");

    private async Task<string> WhyAsync(App app, CancellationToken cancellationToken)
    {
        _ = client;
        await Task.CompletedTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        return RolloutReason.Of(app, waiting: null);
    }
}
