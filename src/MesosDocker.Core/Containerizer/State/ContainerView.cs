using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>One container as <c>state</c> shows it.</summary>
public sealed record ContainerView
{
    public required string ContainerId { get; init; }

    public string? TaskId { get; init; }

    public string? ExecutorId { get; init; }

    public string? FrameworkId { get; init; }

    public required Phase Phase { get; init; }

    public string? Image { get; init; }

    /// <summary>The engine's id of it.</summary>
    public string? EngineId { get; init; }

    /// <summary>The process that watches it; null: none.</summary>
    public int? Supervisor { get; init; }

    public DateTimeOffset? Launched { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>What the agent is or was told of its end; null while it runs.</summary>
    public Termination? Termination { get; init; }

    /// <summary>Nothing is left of it but the state directory.</summary>
    public required bool Stale { get; init; }

    public string? Sandbox { get; init; }

    public string? WorkDirectory { get; init; }

    /// <summary>Whether it ended, or was launched and has not ended, before a time.</summary>
    public bool IsFromBefore(DateTimeOffset time) => (Ended ?? Launched ?? DateTimeOffset.MinValue) < time;

    internal static ContainerView Of(ContainerDirectory directory)
    {
        LaunchContext? call = directory.ReadContext();
        ContainerRecord record = directory.ReadRecord();
        return new ContainerView
        {
            ContainerId = directory.Id.Value,
            TaskId = call?.TaskId,
            ExecutorId = call?.ExecutorId,
            FrameworkId = call?.FrameworkId,
            Phase = record.Phase,
            Image = record.Image,
            EngineId = record.EngineId,
            Supervisor = directory.FindSupervisor()?.Pid,
            Launched = call?.Created,
            Started = record.Started,
            Ended = record.Ended,
            Termination = directory.ReadTermination(),
            Stale = StateCleaner.IsStale(directory),
            Sandbox = call?.Sandbox,
            WorkDirectory = call?.WorkDirectory,
        };
    }
}

/// <summary>One lock as <c>locks</c> shows it.</summary>
/// <param name="Lock"><c>supervisor</c>: somebody watches the container; <c>running</c>: its end is not known yet.</param>
/// <param name="Held">Whether anybody holds it.</param>
/// <param name="Pid">Who holds it; null: nobody, or somebody who cannot be seen.</param>
public sealed record LockView(string ContainerId, string Lock, bool Held, int? Pid, string? Command)
{
    internal static IEnumerable<LockView> Of(ContainerDirectory directory)
    {
        int? supervisor = directory.FindSupervisor()?.Pid;
        foreach ((string name, string path) in new[] { ("supervisor", directory.SupervisorLock), ("running", directory.RunningLock) })
        {
            // The kernel's table names who took a lock; what was inherited is the supervisor's.
            bool held = FileLock.IsHeld(path);
            int? pid = !held ? null : supervisor ?? LockTable.HoldersOf(path).Select(static p => (int?)p).FirstOrDefault();
            yield return new LockView(directory.Id.Value, name, held, pid, pid is { } number ? ProcessIdentity.CommandOf(number) : null);
        }
    }
}
