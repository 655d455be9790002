using MesosDocker.Containerizer;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>
/// What the containerizer keeps of containers on disk, of which it is the master: only what is over is removed, and nothing that somebody
/// is at.
/// </summary>
internal sealed class ContainerStates
{
    private readonly LocalContainerizer _containerizer;
    private readonly string _workDirectory;

    public ContainerStates(AgentOptions options, HookCalls hook)
    {
        _workDirectory = hook.WorkDirectory;

        // As the executable finds it, which is called with this environment, in this directory.
        SettingsSources sources = SettingsSources.OfThisProcess(options.ConfigPath) with { Environment = hook.Environment, WorkingDirectory = "/" };
        _containerizer = new LocalContainerizer(sources, options.StateRoot);
    }

    /// <summary>Those of this agent.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public IReadOnlyList<string> All()
        => [.. _containerizer.Containers().Where(view => view.WorkDirectory == _workDirectory).Select(static view => view.ContainerId)];

    /// <returns>Nothing is there any more. False: its end, or its removal at the engine, is still on its way.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public bool TryRemove(string containerId)
    {
        StateStore store = StateStore.At(_containerizer.StateRoot);
        return store.TryFind(ContainerId.Parse(containerId)) is not { } directory || StateCleaner.TryRemove(store, directory);
    }
}
