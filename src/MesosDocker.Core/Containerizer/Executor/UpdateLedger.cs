using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>The status updates that the agent has not acknowledged, oldest first, and whether it has acknowledged any.</summary>
internal sealed record UpdateLedger
{
    public static readonly UpdateLedger Empty = new();

    public IReadOnlyList<StatusUpdate> Unacknowledged { get; init; } = [];

    /// <summary>The agent has handed the task over.</summary>
    public bool TaskReceived { get; init; }

    /// <summary>A task counts as acknowledged with the first acknowledged update.</summary>
    public bool TaskAcknowledged { get; init; }

    public UpdateLedger Add(StatusUpdate update) => this with { Unacknowledged = [.. Unacknowledged, update] };

    public UpdateLedger Acknowledge(Guid uuid) => this with
    {
        Unacknowledged = [.. Unacknowledged.Where(update => update.Uuid != uuid)],
        TaskAcknowledged = true,
    };
}
