using MesosDocker.Docker;

namespace MesosDocker.Containerizer;

/// <summary>
/// Everything about the containerizer that can be configured, with the defaults. The keys of the configuration file that set each
/// of these are in <see cref="SettingsTable"/> and in docs/configuration.md.
/// </summary>
public sealed record ContainerizerSettings
{
    /// <summary>Where the Docker engine is: what deimos.cfg says in <c>[docker]</c>.</summary>
    public EngineOptions Engine { get; init; } = new();

    public IndexSettings Index { get; init; } = new();

    public ImageSettings Image { get; init; } = new();

    public RunOptionSettings Options { get; init; } = new();

    public ContainerSettings Containers { get; init; } = new();

    public HookSettings Hooks { get; init; } = new();

    public FetchSettings Fetch { get; init; } = new();

    public PullSettings Pull { get; init; } = new();

    public LogSettings Log { get; init; } = new();

    public StateSettings State { get; init; } = new();

    public ExecutorSettings Executor { get; init; } = new();
}
