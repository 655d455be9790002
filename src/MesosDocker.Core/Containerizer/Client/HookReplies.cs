using System.Diagnostics.CodeAnalysis;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>A container by its id: the reply of <c>containers</c>, one by one.</summary>
public sealed record ContainerReference(string ContainerId);

/// <summary>What one container uses: the reply of <c>usage</c>, and whose it is.</summary>
public sealed record ContainerUsage : ResourceStatistics
{
    [SetsRequiredMembers]
    public ContainerUsage(ContainerId id, ResourceStatistics usage)
        : base(usage) => ContainerId = id.Value;

    public string ContainerId { get; }

    /// <summary>CPU time since the start, in seconds, user and system together.</summary>
    public double? CpusTimeSeconds => CpusUserTimeSeconds is null && CpusSystemTimeSeconds is null
        ? null
        : (CpusUserTimeSeconds ?? 0) + (CpusSystemTimeSeconds ?? 0);
}

/// <summary>One container's end: the reply of <c>wait</c>, and whose it is.</summary>
public sealed record ContainerTermination : Termination
{
    [SetsRequiredMembers]
    public ContainerTermination(ContainerId id, Termination end)
        : base(end) => ContainerId = id.Value;

    public string ContainerId { get; }

    /// <summary>Null if a signal ended the container, or no process ever ran.</summary>
    public int? ExitCode => Status?.ExitCode;

    /// <summary>The number of the signal; null if the container ended by itself.</summary>
    public int? Signal => Status?.Signal;
}
