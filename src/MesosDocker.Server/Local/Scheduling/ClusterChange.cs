using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>A change of what is wanted, made when it is its turn.</summary>
/// <param name="Apply">
/// From what is known then and the version of the change to the wanted root group. Throws a <see cref="RefusedException"/> to change
/// nothing. Unchanged apps are the same objects; of the others the cluster sets version, version info and service ports.
/// </param>
internal sealed record ClusterChange(Func<ClusterState, string, Group> Apply)
{
    /// <summary>Apps that get new tasks even if nothing else about them changes.</summary>
    public ImmutableHashSet<string> Restarted { get; init; } = [];

    /// <summary>Tasks that go first where an app loses instances.</summary>
    public ImmutableHashSet<string> KilledFirst { get; init; } = [];

    /// <summary>By id: what apps are brought back to, with its version info; tasks that were made of it stay.</summary>
    public ImmutableDictionary<string, App> Restored { get; init; } = ImmutableDictionary<string, App>.Empty;
}

internal enum Refusal
{
    NotFound,

    /// <summary>There is one of that name.</summary>
    Exists,

    /// <summary>Deployments hold it.</summary>
    Locked,

    /// <summary>It breaks a rule: 422.</summary>
    Invalid,

    /// <summary>It cannot be read: 400.</summary>
    Unreadable,
}

/// <summary>Why a request is not done.</summary>
internal sealed class RefusedException(Refusal refusal, string message) : Exception(message)
{
    public Refusal Refusal { get; } = refusal;

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The ids of those that hold it.</summary>
    public IReadOnlyList<string> Deployments { get; init; } = [];
}

/// <summary>What a probe of one task found.</summary>
/// <param name="Check">The place of the check among the app's health checks.</param>
/// <param name="Cause">Why not: <c>503 Service Unavailable</c>; null if it is alive.</param>
internal sealed record ProbeReport(string TaskId, int Check, bool IsAlive, DateTimeOffset At, string? Cause);

/// <summary>What <c>DELETE …/tasks</c> asks for.</summary>
/// <param name="Scale">The apps shall have so many instances fewer.</param>
internal sealed record KillRequest(IReadOnlyList<string> TaskIds, bool Scale, bool Wipe, bool Force);
