using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Everything the embedded cluster knows at one moment. Each change makes a new one; who holds one may read it at leisure.</summary>
internal sealed record ClusterState
{
    public required string FrameworkId { get; init; }

    /// <summary>
    /// What is wanted: the root group, its apps with full ids, in the spelling of today, complete with defaults, allotted service ports,
    /// <see cref="App.Version"/> and <see cref="App.VersionInfo"/>; without tasks, counts and deployments, which are read from below.
    /// </summary>
    public required Group Root { get; init; }

    /// <summary>Root groups before this one, as far as they are kept, the oldest first.</summary>
    public ImmutableList<Group> EarlierRoots { get; init; } = [];

    /// <summary>By id; of each app the versions that are kept, the oldest first, the last is what <see cref="Root"/> has.</summary>
    public ImmutableDictionary<string, ImmutableList<App>> Versions { get; init; } = ImmutableDictionary<string, ImmutableList<App>>.Empty;

    /// <summary>By task id: everything that was launched and has not ended.</summary>
    public ImmutableDictionary<string, Instance> Instances { get; init; } = ImmutableDictionary<string, Instance>.Empty;

    /// <summary>By app id: instances without a task whose persistent volumes are kept, the one that rests longest first.</summary>
    public ImmutableDictionary<string, ImmutableList<Instance>> Resting { get; init; } = ImmutableDictionary<string, ImmutableList<Instance>>.Empty;

    /// <summary>Those on their way, the oldest first.</summary>
    public ImmutableList<RunningDeployment> Deployments { get; init; } = [];

    /// <summary>By app id.</summary>
    public ImmutableDictionary<string, LaunchDelay> Delays { get; init; } = ImmutableDictionary<string, LaunchDelay>.Empty;

    /// <summary>By app id: those with instances yet to be launched, and why they are not.</summary>
    public ImmutableDictionary<string, WaitingApp> Waiting { get; init; } = ImmutableDictionary<string, WaitingApp>.Empty;

    /// <summary>By app id.</summary>
    public ImmutableDictionary<string, TaskFailure> LastFailures { get; init; } = ImmutableDictionary<string, TaskFailure>.Empty;
}
