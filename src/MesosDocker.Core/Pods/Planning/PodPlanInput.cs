using MesosDocker.Compose;

namespace MesosDocker.Pods;

/// <summary>What a plan is made of.</summary>
internal sealed record PodPlanInput
{
    public required ComposeProject Project { get; init; }

    public required PodTask Task { get; init; }

    public required PodSettings Settings { get; init; }

    /// <summary>Of the executor's control group, where it has one of its own.</summary>
    public string? CgroupParent { get; init; }

    /// <summary>The engine's log of a container that says nothing of its log would grow without end.</summary>
    public bool BoundLogs { get; init; }
}
