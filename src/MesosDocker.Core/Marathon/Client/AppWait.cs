using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>Waiting for one app.</summary>
internal sealed class AppWait(MarathonClient client, string appId, WaitTarget target, WaitOptions options)
{
    private const int LongestMessage = 500;

    private readonly TaskFailures _failures = new(appId, target.Version);
    private readonly QueueWatch _queue = new(client, appId);
    private Deadline? _settled;
    private Deadline? _proven;
    private bool _wasCancelled;
    private string? _message;

    public async Task<WaitProgress> LookAsync(
        IReadOnlyList<Deployment> deployments, IReadOnlyList<MarathonEvent> events, bool isOver, CancellationToken cancellationToken)
    {
        Deployment? deployment = deployments.FirstOrDefault(one => one.Id == target.DeploymentId)
            ?? deployments.FirstOrDefault(one => one.AffectedApps?.Contains(appId) == true);
        if (await client.FindAppAsync(appId, cancellationToken).ConfigureAwait(false) is not { } app)
        {
            WaitOutcome? end = deployment?.AffectedApps?.Contains(appId) == true ? TimedOut(isOver)
                : target.IsRemoval ? WaitOutcome.Done
                : WaitOutcome.Removed;
            return Progress(deployment, null) with
            {
                Verdict = await EndAsync(end, null, deployments, cancellationToken).ConfigureAwait(false),
            };
        }

        AppStanding standing = AppStanding.Of(app);
        Notice(events, app);
        WaitOutcome? outcome = Judge(standing, deployment);
        bool isWaiting = outcome is null && !target.IsRemoval && standing.There < standing.Wanted;
        string? warning = await _queue.LookAsync(isWaiting, cancellationToken).ConfigureAwait(false);
        outcome ??= _queue.Last is { IsImpossible: true } ? WaitOutcome.Impossible : TimedOut(isOver);
        return Progress(deployment, standing) with
        {
            Warning = warning,
            Verdict = await EndAsync(outcome, standing, deployments, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>All is as it should be, if it stays so for a moment.</summary>
    public bool IsProving => _proven is not null;

    private static WaitOutcome? TimedOut(bool isOver) => isOver ? WaitOutcome.TimedOut : null;

    private void Notice(IReadOnlyList<MarathonEvent> events, App app)
    {
        _failures.Add(app);
        foreach (MarathonEvent one in events)
        {
            _failures.Add(one, app);
            _wasCancelled |= one.EventType == "deployment_failed" && one.Id is not null && one.Id == target.DeploymentId;
            _message = Said(one) ?? _message;
        }

        _message = _failures.Last ?? _message;
    }

    private string? Said(MarathonEvent one)
        => one is { EventType: "status_update_event", TaskStatus: { } state } && one.AppId == appId
            ? Printable.Of($"{one.TaskId} is {state}{(string.IsNullOrWhiteSpace(one.Message) ? "" : $": {one.Message}")}", LongestMessage)
            : null;

    private WaitOutcome? Judge(AppStanding standing, Deployment? deployment)
    {
        if (target.Version is not null && MarathonClient.MomentOf(standing.App.Version) > MarathonClient.MomentOf(target.Version))
        {
            return WaitOutcome.Superseded;
        }

        bool isDone = !target.IsRemoval && standing.IsDone && (deployment is null || deployment.Id != target.DeploymentId);
        _proven = !isDone ? null : _proven ?? Deadline.In(NeedsProof(standing) ? client.Limits.Proof : TimeSpan.Zero);
        if (_proven is { HasPassed: true })
        {
            return WaitOutcome.Done;
        }

        if (!target.IsRemoval && options.FailureLimit > 0 && _failures.Count >= options.FailureLimit)
        {
            return WaitOutcome.Failing;
        }

        // A deployment that is gone has come to its end, or was ended; only the app tells which.
        bool isGone = target.DeploymentId is not null && deployment is null && !standing.HasDeployment;
        _settled = !isGone ? null : _settled ?? Deadline.In(client.Limits.Settle);
        return isGone && (_wasCancelled || _settled is { HasPassed: true }) ? WaitOutcome.Cancelled : null;
    }

    // Where nothing checks, a task that has just begun to run says little: it may end at once.
    private bool NeedsProof(AppStanding standing) => target.DeploymentId is not null && standing is { HasChecks: false, Wanted: > 0 };

    private WaitProgress Progress(Deployment? deployment, AppStanding? standing) => new()
    {
        AppId = appId,
        Step = deployment?.CurrentStep,
        TotalSteps = deployment?.TotalSteps ?? deployment?.Steps?.Count,
        Action = deployment?.CurrentActions?.Where(action => action.App == appId).Select(static action => action.Action ?? action.Type)
            .FirstOrDefault(),
        Wanted = standing?.Wanted ?? 0,
        Running = standing?.Running ?? 0,
        Healthy = standing?.Healthy ?? 0,
        Old = standing?.Old ?? 0,
        HasDeployment = deployment is not null || standing?.HasDeployment == true,
        Message = _queue.Hint ?? _message,
    };

    private async Task<WaitVerdict?> EndAsync(
        WaitOutcome? outcome, AppStanding? standing, IReadOnlyList<Deployment> deployments, CancellationToken cancellationToken)
        => outcome is not { } end ? null
            : new WaitVerdict(
                end, appId, end == WaitOutcome.Done ? [] : await ReasonsAsync(standing, cancellationToken).ConfigureAwait(false))
            {
                Deployments = [.. deployments.Where(one => one.AffectedApps?.Contains(appId) == true)
                    .Select(static one => one.Id).OfType<string>()],
            };

    private async Task<IReadOnlyList<string>> ReasonsAsync(AppStanding? standing, CancellationToken cancellationToken)
    {
        List<string> reasons = _failures.Last is { } last ? [last] : [];
        if (standing is null)
        {
            return reasons;
        }

        if (_queue.Last is { IsImpossible: true } impossible)
        {
            return [impossible.ToString()];
        }

        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        reasons.AddRange((standing.App.Tasks ?? []).Select(task => TaskExplanation.Of(task, standing.App, now)).OfType<string>().Take(3));
        try
        {
            IReadOnlyList<QueueItem> queue = await client.ListQueueAsync(cancellationToken).ConfigureAwait(false);
            reasons.AddRange(queue.Where(item => item.App?.Id == appId).Select(static item => QueueExplanation.Of(item).ToString()));
        }
        catch (MesosDockerException)
        {
            // The rest is worth telling without it.
        }

        return reasons;
    }
}
