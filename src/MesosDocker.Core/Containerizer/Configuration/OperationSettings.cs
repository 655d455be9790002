using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>Programs of the operator, as argument vectors; none where empty: <c>[hooks]</c>.</summary>
public sealed record HookSettings
{
    /// <summary>Run before a container starts.</summary>
    public IReadOnlyList<string> OnLaunch { get; init; } = [];

    /// <summary>Run when a container has ended.</summary>
    public IReadOnlyList<string> OnDestroy { get; init; } = [];

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}

/// <summary><c>[uris]</c> and <c>[fetch]</c></summary>
public sealed record FetchSettings
{
    /// <summary>Archives are unpacked where the task does not say.</summary>
    public bool Unpack { get; init; } = true;

    /// <summary>A download that makes no progress for so long has failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    public FetcherChoice Fetcher { get; init; }
}

/// <summary>Whether Mesos's own fetcher brings the URIs.</summary>
/// <param name="Path">Null: <c>mesos-fetcher</c> in <c>MESOS_LIBEXEC_DIRECTORY</c>.</param>
public readonly record struct FetcherChoice(bool Used, string? Path);

/// <summary>The containerizer's own log, and the output of tasks in their sandboxes: <c>[log]</c>.</summary>
public sealed record LogSettings
{
    /// <summary>For the terminal, when somebody sits at one.</summary>
    public LogLevel Console { get; init; } = LogLevel.Debug;

    /// <summary>For the machine's log, when nobody does.</summary>
    public LogLevel Syslog { get; init; } = LogLevel.Info;

    /// <summary>Bytes of a sandbox's <c>stdout</c> or <c>stderr</c>, at which it is rotated; 0: never.</summary>
    public long MaxSize { get; init; } = 64L * 1024 * 1024;

    /// <summary>How many rotated files are kept beside the current one.</summary>
    public int MaxFiles { get; init; } = 3;
}

/// <summary><c>[state]</c></summary>
public sealed record StateSettings
{
    /// <summary>Unlike Deimos's default, a place that survives a restart of the machine and that only root can write.</summary>
    public const string DefaultRoot = "/var/lib/mesos-docker";

    public string Root { get; init; } = DefaultRoot;

    /// <summary>How long the state of a container is kept after its end.</summary>
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(1);
}

/// <summary><c>[executor]</c></summary>
public sealed record ExecutorSettings
{
    /// <summary>How long the agent may take to accept the executor of a command task.</summary>
    public TimeSpan SubscribeTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
