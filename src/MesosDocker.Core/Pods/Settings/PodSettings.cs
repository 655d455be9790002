using MesosDocker.Docker;

namespace MesosDocker.Pods;

/// <summary>What a task or its operator asks of the executor beyond the compose files (docs/pods.md).</summary>
internal sealed record PodSettings
{
    /// <summary>Null: by the restart policies.</summary>
    public PodKind? Kind { get; init; }

    /// <summary>Compose files, in order: paths in the sandbox, or URIs to fetch; empty: compose's default names.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Further URIs to fetch.</summary>
    public IReadOnlyList<string> Uris { get; init; } = [];

    /// <summary>Files that came in a label; see <see cref="PodFiles"/>.</summary>
    public string? Packed { get; init; }

    /// <summary>Of compose; null: none but <c>COMPOSE_PROFILES</c>.</summary>
    public IReadOnlyList<string>? Profiles { get; init; }

    /// <summary>Null: as each service says, else what is missing.</summary>
    public PullPolicy? Pull { get; init; }

    /// <summary>How often a pull that failed is tried again.</summary>
    public int PullRetries { get; init; } = 3;

    /// <summary>A pull in which nothing moves for so long has failed.</summary>
    public TimeSpan PullTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From the start of compose until the pod runs; zero: as long as it takes.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Compose's own <c>config</c> has to find the project good.</summary>
    public bool Validate { get; init; } = true;

    /// <summary>A container that becomes unhealthy ends the pod, instead of only being told of.</summary>
    public bool EndUnhealthy { get; init; } = true;

    /// <summary>The pod's images are removed with it.</summary>
    public bool RemoveImages { get; init; }

    /// <summary>An absolute path, or a slice; empty: none; null: the executor's own, where it has one.</summary>
    public string? CgroupParent { get; init; }

    /// <summary>Bytes after which <c>stdout</c> and <c>stderr</c> of the sandbox are begun anew; 0: never.</summary>
    public long LogSize { get; init; } = 64L * 1024 * 1024;

    /// <summary>How many old files of each are kept.</summary>
    public int LogFiles { get; init; } = 3;

    /// <summary>The program that is compose, and its first arguments; empty: whichever is there.</summary>
    public IReadOnlyList<string> Compose { get; init; } = [];

    public IReadOnlyDictionary<PodPhase, PodHooks> Hooks { get; init; } = new Dictionary<PodPhase, PodHooks>();

    public TimeSpan HookTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A hook that fails ends the task.</summary>
    public bool HooksRequired { get; init; }

    /// <summary>The program that may change or refuse the project before it is started; empty: none.</summary>
    public IReadOnlyList<string> Launcher { get; init; } = [];

    public TimeSpan LauncherTimeout { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>Programs with their arguments; empty: none.</summary>
internal sealed record PodHooks(IReadOnlyList<string> Before, IReadOnlyList<string> After);
