using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// What the supervisor knows of its container, on disk after every step, so that another supervisor can go on from there.
/// </summary>
internal sealed record ContainerRecord
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMinutes(2);

    public Phase Phase { get; init; }

    /// <summary>How many supervisors have begun with this container, one soon after the other; one that keeps dying is not started for
    /// ever.</summary>
    public int Supervisors { get; init; }

    /// <summary>When the last of them began.</summary>
    public DateTimeOffset? Supervised { get; init; }

    public string? Image { get; init; }

    /// <summary>The engine's id.</summary>
    public string? EngineId { get; init; }

    public string? EngineName { get; init; }

    /// <summary>The first process of the container, as the host numbers it, with its start time against reuse of the number.</summary>
    public ProcessIdentity? Process { get; init; }

    public CgroupPaths? Cgroups { get; init; }

    /// <summary>What the container was created with.</summary>
    public Limits? Limits { get; init; }

    public bool HostNetwork { get; init; }

    public IReadOnlyList<string> IpAddresses { get; init; } = [];

    public bool Tty { get; init; }

    /// <summary>The <c>STOPSIGNAL</c> of the container, if not the engine's default.</summary>
    public string? StopSignal { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>The <c>mesos-executor</c> that takes our part with an agent before 0.28.</summary>
    public ProcessIdentity? OverrideExecutor { get; init; }

    /// <summary>Where the executor stands with the agent.</summary>
    public UpdateLedger Updates { get; init; } = UpdateLedger.Empty;

    /// <summary>Another supervisor begins. One before it that began long ago did not die of what it found here.</summary>
    public ContainerRecord Begun(bool first, DateTimeOffset now)
    {
        bool soon = Supervised is { } last && now - last < s_soon;
        return this with { Supervisors = first ? 1 : Math.Max(soon ? Supervisors : 1, 1) + 1, Supervised = now };
    }

    public ContainerRecord At(Phase phase) => this with { Phase = Phases.Advance(Phase, phase) };
}

/// <summary>The limits of a container. Null: none.</summary>
internal sealed record Limits
{
    public long? CpuShares { get; init; }

    /// <summary>Microseconds of every <see cref="CpuPeriod"/>.</summary>
    public long? CpuQuota { get; init; }

    public long? CpuPeriod { get; init; }

    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Bytes; the soft limit.</summary>
    public long? MemoryReservation { get; init; }

    /// <summary>Bytes of memory and swap, -1 for unlimited; null: the engine's default of twice the memory.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>Bytes of the sandbox's disk.</summary>
    public long? Disk { get; init; }
}

/// <summary>What an <c>update</c> asked for.</summary>
/// <param name="AskedBy">The call that the agent made; null: nobody knows, and then it is taken as it comes.</param>
internal sealed record WantedLimits(Limits Limits, ProcessIdentity? AskedBy)
{
    /// <summary>Whether the agent made this call before another one. Its calls run side by side, and may overtake each other.</summary>
    public bool IsOlderThan(WantedLimits other)
        => AskedBy is { } call && other.AskedBy is { } otherCall
            && (call.StartTicks, call.Pid).CompareTo((otherCall.StartTicks, otherCall.Pid)) < 0;
}

/// <summary>The call that launched the container: what a later supervisor needs and the request does not hold.</summary>
internal sealed record LaunchContext
{
    /// <summary>The version of this directory's format.</summary>
    public required int Format { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The hook's environment, from which settings and <c>MESOS_*</c> are read again.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>The agent's, by which its containers are told from another agent's.</summary>
    public required string WorkDirectory { get; init; }

    public required string Sandbox { get; init; }

    public string? TaskId { get; init; }

    public string? ExecutorId { get; init; }

    public string? FrameworkId { get; init; }
}

/// <summary>Somebody wants the container to end. Written before the supervisor is told by a signal.</summary>
/// <param name="By">Who, for the message: <c>destroy</c>, <c>observe</c>.</param>
/// <param name="Grace">How long the process may take after the first signal; null: the default.</param>
internal sealed record StopRequest(string By, TimeSpan? Grace);
