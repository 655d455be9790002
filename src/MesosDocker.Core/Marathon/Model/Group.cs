using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>Apps and groups that live and are deployed together, as <c>/v2/groups</c> takes and gives them.</summary>
public sealed partial record Group : MarathonObject
{
    public string? Id { get; init; }

    public IReadOnlyList<App>? Apps { get; init; }

    /// <summary>Their status, told but never taken: pods are written through <c>/v2/pods</c>.</summary>
    public IReadOnlyList<JsonElement>? Pods { get; init; }

    public IReadOnlyList<Group>? Groups { get; init; }

    public IReadOnlyList<string>? Dependencies { get; init; }

    /// <summary>In a change, alone: go back to this version.</summary>
    public string? Version { get; init; }

    /// <summary>In a change, alone: multiply the instances of everything in the group.</summary>
    public double? ScaleBy { get; init; }

    public bool? EnforceRole { get; init; }
}
