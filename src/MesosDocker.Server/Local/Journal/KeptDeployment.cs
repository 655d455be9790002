using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>A deployment whose root groups are told by how the first differs from the present one, and the second from the first.</summary>
internal sealed record KeptDeployment
{
    public required PlannedDeployment Planned { get; init; }

    public required string Version { get; init; }

    public required int CurrentStep { get; init; }

    public required RootDelta Original { get; init; }

    public required string OriginalVersion { get; init; }

    public required RootDelta Target { get; init; }

    public static KeptDeployment Of(RunningDeployment deployment, Group root) => new()
    {
        Planned = new PlannedDeployment(deployment.Id, deployment.Steps, [.. deployment.AffectedApps], [.. deployment.KilledFirst]),
        Version = deployment.Version,
        CurrentStep = deployment.CurrentStep,
        Original = RootDelta.Between(root, deployment.Original),
        OriginalVersion = deployment.Original.Version!,
        Target = RootDelta.Between(deployment.Original, deployment.Target),
    };

    /// <param name="state">With its root group and the versions of its apps.</param>
    public RunningDeployment ToDeployment(ClusterState state)
    {
        Group original = Known(state, Original).Apply(state.Root, OriginalVersion);
        return new RunningDeployment
        {
            Id = Planned.Id,
            Version = Version,
            Original = original,
            Target = Known(state, Target).Apply(original, Version),
            Steps = Planned.Steps,
            CurrentStep = CurrentStep,
            AffectedApps = [.. Planned.AffectedApps],
            KilledFirst = [.. Planned.KilledFirst],
        };
    }

    // What is the same is one object again: that is how changes are found.
    private static RootDelta Known(ClusterState state, RootDelta delta)
        => delta with { Apps = [.. delta.Apps.Select(app => JournalFold.Version(state, app.Id!, app.Version!) ?? app)] };
}
