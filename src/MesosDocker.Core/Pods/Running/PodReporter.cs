using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>Tells the agent of one task.</summary>
internal sealed class PodReporter(string taskId, UpdateQueue updates, Func<bool> understandsKilling)
{
    // A framework wants to see that something goes on, and no more.
    private const int MostProgress = 200;

    private const int LongestMessage = 4000;

    private int _progress;

    /// <summary>On the way; what is too much is left out.</summary>
    public void Starting(string message)
    {
        if (Interlocked.Increment(ref _progress) <= MostProgress)
        {
            updates.Add(New(TaskState.Starting, message));
        }
    }

    public void Running(string message, bool? healthy, byte[] data, IReadOnlyList<string> addresses)
        => updates.Add(New(TaskState.Running, message) with { Healthy = healthy, Data = data, IpAddresses = addresses });

    public void Killing(string message)
    {
        if (understandsKilling())
        {
            updates.Add(New(TaskState.Killing, message));
        }
    }

    /// <summary>Completes when the agent has acknowledged it, and all before it.</summary>
    public Task EndAsync(PodEnd end, byte[]? data)
        => updates.AddLast(New(end.State, end.Message) with { Reason = end.Reason, Data = data });

    private StatusUpdate New(TaskState state, string message) => new()
    {
        TaskId = taskId,
        State = state,
        Message = message.Length > LongestMessage ? string.Concat(message.AsSpan(0, LongestMessage), "...") : message,
        Uuid = Guid.NewGuid(),
        Timestamp = DateTimeOffset.UtcNow,
    };
}
