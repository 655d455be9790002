namespace MesosDocker.Containerizer;

/// <summary><c>[containers]</c></summary>
public sealed record ContainerSettings
{
    private const string DeimosSandbox = "/tmp/mesos-sandbox";
    private const string DmcSandbox = "/mesos-sandbox";

    public LegacyMeaning Legacy { get; init; }

    /// <summary>Where a container sees its sandbox; unless set, where the tool that <see cref="Legacy"/> names had it.</summary>
    public string Sandbox
    {
        get => field ?? (Legacy == LegacyMeaning.Dmc ? DmcSandbox : DeimosSandbox);
        init;
    }

    /// <summary>libmesos as executors find it inside their containers, their <c>MESOS_NATIVE_LIBRARY</c>; null: they get none.</summary>
    public string? NativeLibrary { get; init; }

    public DiskPolicy Disk { get; init; } = DiskPolicy.Report;

    /// <summary>From the polite signal to the deadly one, where the task does not say.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Bytes of <c>/dev/shm</c>, where the task does not say; null: the engine's default.</summary>
    public long? SharedMemory { get; init; }

    /// <summary>CPUs are a hard limit (a CFS quota), not only a share.</summary>
    public bool CpuQuota { get; init; }

    public OrphanPolicy Orphans { get; init; } = OrphanPolicy.Remove;
}

/// <summary>Whose meaning the old container message (in CommandInfo) has.</summary>
public enum LegacyMeaning
{
    Deimos,

    /// <summary>mesos-docker-containerizer.</summary>
    Dmc,
}

/// <summary>What is done about a task's disk resource.</summary>
public enum DiskPolicy
{
    Ignore,

    /// <summary>Its use is measured and reported.</summary>
    Report,

    /// <summary>A task that uses more than its own is ended.</summary>
    Enforce,
}

/// <summary>What becomes of a container of this agent that nobody knows any more.</summary>
public enum OrphanPolicy
{
    Remove,
    Keep,
}
