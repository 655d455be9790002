using System.Runtime.CompilerServices;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>
/// Waits until apps are what a change wanted them to be, and leads back where they do not become it. A deployment that is gone proves
/// nothing: it is gone, too, when it was cancelled; the tasks tell.
/// </summary>
public sealed class DeploymentWatch(MarathonClient client)
{
    /// <summary>Tells how far it is at each look, and ends with a verdict about each app.</summary>
    /// <exception cref="MesosDockerException">
    /// <see cref="Fault.DeploymentNotFound"/>: no app is named, and no deployment that would tell any. A Marathon that is away for a
    /// while is waited for; one that refuses is not.
    /// </exception>
    public async IAsyncEnumerable<WaitProgress> FollowAsync(
        WaitTarget target, WaitOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Deadline end = Deadline.In(options.Timeout);
        IReadOnlyList<string> apps = await AppsAsync(target, cancellationToken).ConfigureAwait(false);
        List<(string Id, AppWait Wait)> open = [.. apps.Select(id => (id, new AppWait(client, id, target, options)))];
        var hints = new WaitHints(client, one => IsAbout(one, apps, target.DeploymentId), cancellationToken);
        await using ConfiguredAsyncDisposable _ = hints.ConfigureAwait(false);
        while (open.Count > 0)
        {
            bool isOver = end.HasPassed;
            foreach (WaitProgress progress in await LookAsync(open, hints.Take(), isOver, cancellationToken).ConfigureAwait(false))
            {
                open.RemoveAll(one => progress.Verdict is not null && one.Id == progress.AppId);
                yield return progress;
            }

            if (open.Count > 0)
            {
                await Task.Delay(client.Limits.Breath, cancellationToken).ConfigureAwait(false);
                TimeSpan pause = open.Exists(static one => one.Wait.IsProving) ? Shorter(client.Limits.Proof, client.Limits.Poll) : client.Limits.Poll;
                await hints.WaitAsync(Shorter(pause, end.Left), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <returns>The worst of the verdicts about the apps.</returns>
    /// <inheritdoc cref="FollowAsync"/>
    public async Task<WaitVerdict> WaitAsync(
        WaitTarget target, WaitOptions options, IProgress<WaitProgress>? progress, CancellationToken cancellationToken)
    {
        WaitVerdict? worst = null;
        await foreach (WaitProgress one in FollowAsync(target, options, cancellationToken).ConfigureAwait(false))
        {
            progress?.Report(one);
            worst = one.Verdict is { } verdict && (worst is null || verdict.Outcome > worst.Outcome) ? verdict : worst;
        }

        return worst ?? throw new MesosDockerException(Fault.DeploymentNotFound, "There is nothing to wait for: no app is named.");
    }

    /// <summary>
    /// Leads back to what was before a deployment: by its reverse while it runs, else by the version before. What comes is a
    /// deployment, too, and may be waited for.
    /// </summary>
    /// <param name="version">That the app had before; null: the one before the newest.</param>
    /// <exception cref="MesosDockerException">
    /// <see cref="Fault.AppLocked"/>: somebody else changes it; <see cref="Fault.AppNotFound"/>;
    /// <see cref="Fault.MarathonRejected"/>: there is no version before.
    /// </exception>
    public async Task<DeploymentResult> RollbackAsync(
        string appId, string? deploymentId, string? version, CancellationToken cancellationToken)
    {
        if (deploymentId is not null && await TryReverseAsync(deploymentId, cancellationToken).ConfigureAwait(false) is { } reverse)
        {
            return reverse;
        }

        string before = version
            ?? (await client.ListVersionsAsync(appId, cancellationToken).ConfigureAwait(false)).ElementAtOrDefault(1)
            ?? throw new MesosDockerException(Fault.MarathonRejected, $"The app '{appId}' has no version before this one to go back to.");
        return await client.PutAppAsync(new App { Id = appId, Version = before }, force: false, cancellationToken).ConfigureAwait(false);
    }

    private async Task<DeploymentResult?> TryReverseAsync(string deploymentId, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CancelDeploymentAsync(deploymentId, force: false, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.DeploymentNotFound)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<string>> AppsAsync(WaitTarget target, CancellationToken cancellationToken)
    {
        if (target.Apps.Count > 0)
        {
            return [.. target.Apps.Select(static id => PathId.Absolute(id)).Distinct()];
        }

        IReadOnlyList<Deployment> running = await client.ListDeploymentsAsync(cancellationToken).ConfigureAwait(false);
        return running.FirstOrDefault(one => one.Id is not null && one.Id == target.DeploymentId)?.AffectedApps is { Count: > 0 } affected
            ? affected
            : throw new MesosDockerException(
                Fault.DeploymentNotFound,
                $"There is no deployment '{target.DeploymentId}' that changes an app: it has come to its end, or was cancelled.");
    }

    // A leader that goes is followed by another.
    private async Task<IReadOnlyList<WaitProgress>> LookAsync(
        List<(string Id, AppWait Wait)> open, IReadOnlyList<MarathonEvent> events, bool isOver, CancellationToken cancellationToken)
    {
        try
        {
            List<WaitProgress> all = [];
            IReadOnlyList<Deployment> deployments = await client.ListDeploymentsAsync(cancellationToken).ConfigureAwait(false);
            foreach ((_, AppWait wait) in open)
            {
                all.Add(await wait.LookAsync(deployments, events, isOver, cancellationToken).ConfigureAwait(false));
            }

            return all;
        }
        catch (MesosDockerException e) when (e.Fault is Fault.MarathonUnreachable or Fault.MarathonAnswerInvalid)
        {
            return [.. open.Select(one => new WaitProgress
            {
                AppId = one.Id,
                Message = e.Message,
                Verdict = isOver ? new WaitVerdict(WaitOutcome.TimedOut, one.Id, [e.Message]) : null,
            })];
        }
    }

    private static bool IsAbout(MarathonEvent one, IReadOnlyList<string> apps, string? deploymentId)
        => apps.Contains(one.AppId ?? one.RunSpecId ?? "")
            || (deploymentId is not null && (one.Id == deploymentId || one.Plan?.Id == deploymentId));

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => other < TimeSpan.Zero ? TimeSpan.Zero : one < other ? one : other;
}
