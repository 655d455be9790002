using System.Collections.Immutable;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>How the embedded cluster's one agent is set up. Null mostly means: as found on this machine.</summary>
internal sealed record AgentOptions
{
    /// <summary>Sandboxes and everything that the agent remembers; laid out as an agent's <c>--work_dir</c>.</summary>
    public required string WorkDirectory { get; init; }

    /// <summary>The executable <c>mesos-docker</c>; null: the one beside this server.</summary>
    public string? HookPath { get; init; }

    /// <summary>The containerizer's configuration file; null: it searches one.</summary>
    public string? ConfigPath { get; init; }

    /// <summary>Where the containerizer keeps its containers; null: as configured. Several agents may share one.</summary>
    public string? StateRoot { get; init; }

    /// <summary>The image of tasks that name none, as an agent's <c>--default_container_image</c>; null: as the containerizer is
    /// configured.</summary>
    public string? DefaultImage { get; init; }

    /// <summary>The environment that the containerizer is called in; null: this process's own.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Where Mesos's own programs are, should they be there.</summary>
    public string LibexecDirectory { get; init; } = "/usr/libexec/mesos";

    /// <summary>The port of the agent's own API, on loopback; null: the one of the last time, at first the work directory's own.</summary>
    public int? Port { get; init; }

    public string? Hostname { get; init; }

    public decimal? Cpus { get; init; }

    /// <summary>MB.</summary>
    public decimal? Memory { get; init; }

    /// <summary>MB.</summary>
    public decimal? Disk { get; init; }

    public decimal? Gpus { get; init; }

    public ImmutableArray<PortRange> Ports { get; init; } = [new(31000, 32000)];

    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public string? Region { get; init; }

    public string? Zone { get; init; }

    /// <summary>How long tasks run on without a server, as an agent's <c>--recovery_timeout</c>; then supervisors end them.</summary>
    public TimeSpan RecoveryTimeout { get; init; } = TimeSpan.FromMinutes(15);

    public SandboxRule Sandboxes { get; init; } = new();
}

/// <summary>
/// How long the sandbox of a task that has ended is kept: for <see cref="Age"/>, but of each app only the newest
/// <see cref="PerApp"/>, and <see cref="Total"/> in all. Looked at when a server starts, and when an end was acknowledged.
/// </summary>
internal sealed record SandboxRule
{
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(7);

    public int PerApp { get; init; } = 25;

    public int Total { get; init; } = 500;
}
