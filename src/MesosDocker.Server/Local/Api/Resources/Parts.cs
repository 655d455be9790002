using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What every handler needs.</summary>
internal sealed record Parts
{
    public required Cluster Cluster { get; init; }

    public required AgentFacts Agent { get; init; }

    public required EventHub Events { get; init; }

    public required TimeProvider Time { get; init; }

    public required ApiOptions Options { get; init; }

    /// <summary>Where clients read sandboxes; null: nowhere.</summary>
    public string? AgentUrl { get; init; }

    public required MarathonSettings Settings { get; init; }

    public RequestCounts Counts { get; } = new();

    public StateView View() => new(Cluster.State, Agent, Time.GetUtcNow());
}
