using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>A deployment on its way.</summary>
internal sealed record RunningDeployment
{
    public required string Id { get; init; }

    /// <summary>The version of what it makes.</summary>
    public required string Version { get; init; }

    /// <summary>The root group as it was, for whoever takes the deployment back.</summary>
    public required Group Original { get; init; }

    public required Group Target { get; init; }

    public required ImmutableList<DeploymentStep> Steps { get; init; }

    /// <summary>From 1.</summary>
    public required int CurrentStep { get; init; }

    public required ImmutableSortedSet<string> AffectedApps { get; init; }

    /// <summary>Tasks that go first where an app loses instances.</summary>
    public ImmutableHashSet<string> KilledFirst { get; init; } = [];
}
