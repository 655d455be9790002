namespace MesosDocker.Marathon;

// What answers are wrapped in.

internal sealed record AppEnvelope : MarathonObject
{
    public App? App { get; init; }
}

internal sealed record AppsEnvelope : MarathonObject
{
    public IReadOnlyList<App>? Apps { get; init; }
}

internal sealed record TasksEnvelope : MarathonObject
{
    public IReadOnlyList<AppTask>? Tasks { get; init; }
}

internal sealed record TaskEnvelope : MarathonObject
{
    public AppTask? Task { get; init; }
}

internal sealed record VersionsEnvelope : MarathonObject
{
    public IReadOnlyList<string>? Versions { get; init; }
}

internal sealed record QueueEnvelope : MarathonObject
{
    public IReadOnlyList<QueueItem>? Queue { get; init; }
}

internal sealed record LeaderEnvelope : MarathonObject
{
    public string? Leader { get; init; }
}

/// <summary>The body of <c>POST /v2/tasks/delete</c>.</summary>
internal sealed record TaskIds : MarathonObject
{
    public IReadOnlyList<string>? Ids { get; init; }
}

/// <summary>What <c>PUT /v2/groups?dryRun=true</c> answers.</summary>
internal sealed record StepsEnvelope : MarathonObject
{
    public IReadOnlyList<DeploymentStep>? Steps { get; init; }
}
