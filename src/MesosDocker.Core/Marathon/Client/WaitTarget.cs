namespace MesosDocker.Marathon;

/// <summary>What is waited for: that apps are as they shall be.</summary>
public sealed record WaitTarget
{
    /// <summary>Empty: those that the deployment affects.</summary>
    public IReadOnlyList<string> Apps { get; init; } = [];

    /// <summary>It must be gone; null: every deployment of the apps must.</summary>
    public string? DeploymentId { get; init; }

    /// <summary>
    /// Of the change (<see cref="DeploymentResult.Version"/>): a newer one means that somebody changed the app again. Null: any.
    /// </summary>
    public string? Version { get; init; }

    /// <summary>They shall be gone.</summary>
    public bool IsRemoval { get; init; }

    public static WaitTarget Of(string appId, DeploymentResult result)
        => new() { Apps = [appId], DeploymentId = result.DeploymentId, Version = result.Version };
}

public sealed record WaitOptions
{
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>So many tasks of the new version may fail before it is given up; 0: any number.</summary>
    public int FailureLimit { get; init; } = 3;
}
