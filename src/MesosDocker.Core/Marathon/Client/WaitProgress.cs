namespace MesosDocker.Marathon;

/// <summary>How far an app is.</summary>
public sealed record WaitProgress
{
    public required string AppId { get; init; }

    /// <summary>From 1; null while there is no deployment.</summary>
    public int? Step { get; init; }

    public int? TotalSteps { get; init; }

    /// <summary>Of the deployment's step: <c>RestartApplication</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Instances that there shall be...</summary>
    public int Wanted { get; init; }

    /// <summary>... that run, of the new version...</summary>
    public int Running { get; init; }

    /// <summary>... and that are healthy, too, where there are health checks.</summary>
    public int Healthy { get; init; }

    /// <summary>Tasks of older versions that are still there.</summary>
    public int Old { get; init; }

    public bool HasDeployment { get; init; }

    /// <summary>What happened last, or what is waited for.</summary>
    public string? Message { get; init; }

    /// <summary>Why instances are not launched, once, when they have not been for a while.</summary>
    public string? Warning { get; init; }

    /// <summary>Only in the last of all.</summary>
    public WaitVerdict? Verdict { get; init; }
}

public enum WaitOutcome
{
    /// <summary>
    /// All instances run, are of the new version and healthy where there are checks, and the deployment is gone; or the app is.
    /// </summary>
    Done,

    /// <summary>Somebody changed the app again meanwhile.</summary>
    Superseded,

    /// <summary>The deployment is gone, and the app is not as it should be.</summary>
    Cancelled,

    /// <summary>Somebody removed the app.</summary>
    Removed,

    /// <summary>Its tasks fail, one after the other.</summary>
    Failing,

    /// <summary>It asks for what there will never be.</summary>
    Impossible,

    TimedOut,
}

/// <summary>How waiting ended.</summary>
/// <param name="Reasons">Sentences about what is known: failed tasks, what waits and why, unhealthy checks. Empty if all went well.</param>
public sealed record WaitVerdict(WaitOutcome Outcome, string AppId, IReadOnlyList<string> Reasons)
{
    public bool IsSuccess => Outcome == WaitOutcome.Done;

    /// <summary>Deployments that were still running.</summary>
    public IReadOnlyList<string> Deployments { get; init; } = [];

    public override string ToString()
        => Outcome switch
        {
            WaitOutcome.Done => $"The app '{AppId}' is as it should be.",
            WaitOutcome.Superseded => $"The app '{AppId}' was changed again by somebody else.",
            WaitOutcome.Cancelled => $"The deployment of the app '{AppId}' was cancelled before it was done.",
            WaitOutcome.Removed => $"The app '{AppId}' was removed.",
            WaitOutcome.Failing => $"The tasks of the app '{AppId}' fail.",
            WaitOutcome.Impossible => $"The app '{AppId}' can never come up.",
            _ => $"The app '{AppId}' did not become what it should be in time.",
        } + string.Concat(Reasons.Select(static reason => $" {reason}"));
}
