using System.Globalization;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>How a container came to its end, before anybody is told.</summary>
internal sealed record ContainerEnd
{
    private const long Megabyte = 1024 * 1024;

    // It quotes what others said. As JSON, six bytes a character, it fits in the room that is reserved for it.
    private const int LongestMessage = 2048;

    /// <summary>Null if no process ran, or nobody knows any more how it ended.</summary>
    public WaitStatus? Status { get; init; }

    /// <summary>Why there was no process, or why its end is unknown.</summary>
    public string? Failure { get; init; }

    /// <summary>The kernel killed in it for want of memory.</summary>
    public bool OutOfMemory { get; init; }

    public long? MemoryLimit { get; init; }

    /// <summary>The first order to stop, if there was one.</summary>
    public StopOrder? Stop { get; init; }

    /// <summary>It used more disk than its own.</summary>
    public string? OverDisk { get; init; }

    public static ContainerEnd Failed(string message) => new() { Failure = message };

    /// <summary>What the agent's <c>wait</c> is told.</summary>
    public Termination ToTermination()
    {
        (TaskState state, StatusReason? reason, string message) = Judge();
        return new Termination
        {
            // Agents up to 0.25 know only this flag, and take it for "out of memory".
            Killed = reason == StatusReason.ContainerLimitationMemory,
            Message = message,
            Status = Status,
            State = state,
            Reasons = reason is { } told ? [told] : [],
        };
    }

    /// <summary>What the framework is told.</summary>
    public TaskReport ToReport()
    {
        (TaskState state, StatusReason? reason, string message) = Judge();
        return new TaskReport(state, message) { Reason = reason, Healthy = Stop is { Unhealthy: true } ? false : null };
    }

    private (TaskState State, StatusReason? Reason, string Message) Judge()
    {
        (TaskState state, StatusReason? reason, string message) = Weigh();
        return (state, reason, message.Length > LongestMessage ? string.Concat(message.AsSpan(0, LongestMessage), "...") : message);
    }

    private (TaskState State, StatusReason? Reason, string Message) Weigh() => this switch
    {
        { OverDisk: { } disk } => (TaskState.Failed, StatusReason.ContainerLimitationDisk, disk),
        { OutOfMemory: true, Stop: null, Status: not { IsSuccess: true } } => (
            TaskState.Failed, StatusReason.ContainerLimitationMemory, $"Out of memory{OfLimit()}; the container {Outcome()}."),
        { Stop: { IsFailure: true } stop } => (TaskState.Failed, null, $"Stopped by {stop.By}; the container {Outcome()}."),
        { Stop: { } stop } => (TaskState.Killed, null, $"Stopped by {stop.By}; the container {Outcome()}."),
        { Failure: { } failure, Status: null } => (TaskState.Failed, StatusReason.ContainerLaunchFailed, failure),
        { Status: { IsSuccess: true } } => (TaskState.Finished, null, $"The container {Outcome()}."),
        _ => (TaskState.Failed, null, $"The container {Outcome()}."),
    };

    private string Outcome() => Status?.ToString() ?? (Failure is null ? "had not been started" : "ended, nobody knows how");

    private string OfLimit() => MemoryLimit is { } limit
        ? string.Create(CultureInfo.InvariantCulture, $": the container used all of its {limit / Megabyte} MB")
        : "";
}
