using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>How a pod came to its end.</summary>
/// <param name="Message">A sentence or some.</param>
internal sealed record PodEnd(TaskState State, string Message)
{
    public StatusReason? Reason { get; init; }

    /// <summary>The order that ended it; null: it ended by itself.</summary>
    public StopOrder? Order { get; init; }

    /// <summary>Its containers as they were last seen.</summary>
    public IReadOnlyList<PodContainer> Containers { get; init; } = [];

    public static PodEnd Failed(string message) => new(TaskState.Failed, message);

    public static PodEnd Stopped(StopOrder order) => new(order.IsFailure ? TaskState.Failed : TaskState.Killed, $"The pod was stopped by {order.By}.")
    {
        Order = order,
    };
}
