using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// What there is of the containerizer on this machine, read without its executable: the same files, with the caller's own rights.
/// </summary>
public sealed class LocalContainerizer
{
    // A thread that does nothing but sleep.
    private const int SleeperStack = 128 * 1024;

    private readonly HookEnvironment _hook;

    /// <param name="stateRoot">Null: as configured.</param>
    public LocalContainerizer(SettingsSources sources, string? stateRoot)
    {
        // Nothing is started from here, so nobody asks for the executable.
        _hook = new HookEnvironment(sources, executable: "", stateRoot);
    }

    public SettingsResult Settings => _hook.Settings;

    public string StateRoot => _hook.StateRoot;

    /// <summary>Every container, in the order of the launches.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.PlatformUnsupported"/>.</exception>
    public IReadOnlyList<ContainerView> Containers()
    {
        _hook.RequireReadable();
        return new StateVerb(_hook).List(all: true, before: null);
    }

    /// <exception cref="MesosDockerException">As of <see cref="Containers"/>.</exception>
    public IReadOnlyList<LockView> Locks()
    {
        _hook.RequireReadable();
        return new StateVerb(_hook).Locks();
    }

    /// <summary>Removes the state of a container of which nothing else is left.</summary>
    /// <returns>False if it is not stale (any more), or not there.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.ContainerIdInvalid"/>.</exception>
    public bool TryRemove(string containerId)
    {
        _hook.RequireReadable();
        StateStore store = _hook.Store;
        return store.TryFind(ContainerId.Parse(containerId)) is { } directory && StateCleaner.TryRemove(store, directory);
    }

    /// <summary>
    /// Completes when <c>wait</c> has something to do: the container's end is on disk, or nobody watches it any more, or it is not
    /// known. It sleeps where <c>wait</c> sleeps, in a thread of its own.
    /// </summary>
    public Task UntilUnwatchedAsync(ContainerId id)
    {
        if (_hook.Store.TryFind(id) is not { } directory)
        {
            return Task.CompletedTask;
        }

        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sleeper = new Thread(() => SleepOn(directory.RunningLock, ended), SleeperStack) { IsBackground = true, Name = "wait" };
        sleeper.Start();
        return ended.Task;
    }

    /// <summary>
    /// The update by which a container comes to have these limits. Agents count the executor that they make up for a command task with
    /// the task, and so has whoever speaks in their place.
    /// </summary>
    public static Update UpdateTo(Launch launch, Resources limits) => ResourceLimits.UpdateTo(launch, limits);

    /// <summary>The same, of a container that was launched. One that is not known here is for the containerizer to judge.</summary>
    /// <exception cref="MesosDockerException">As of <see cref="Containers"/>.</exception>
    public Update UpdateTo(ContainerId id, Resources limits)
    {
        _hook.RequireReadable();
        return _hook.Store.TryFind(id)?.ReadRequest() is { } request
            ? ResourceLimits.UpdateTo(MesosCodec.DecodeLaunch(request), limits)
            : new Update(id, limits);
    }

    /// <summary>The <c>docker run</c> that a launch becomes on this machine, without launching it.</summary>
    /// <exception cref="MesosDockerException">What makes the launch impossible.</exception>
    public async Task<PlannedRun> PlanAsync(Launch launch, CancellationToken cancellationToken)
        => PlannedRun.Of(await new DockerRunVerb(_hook).PlanAsync(MesosCodec.EncodeLaunch(launch), cancellationToken).ConfigureAwait(false));

    /// <summary>The <c>docker run</c> that a launched container became.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerUnknown"/>, <see cref="Fault.StateUnusable"/>.</exception>
    public async Task<PlannedRun> PlanAsync(ContainerId id, CancellationToken cancellationToken)
    {
        _hook.RequireReadable();
        return PlannedRun.Of(await new DockerRunVerb(_hook).PlanAsync(id, cancellationToken).ConfigureAwait(false));
    }

    private static void SleepOn(string runningLock, TaskCompletionSource ended)
    {
        try
        {
            FileLock.Acquire(runningLock, exclusive: false).Dispose();
        }
        catch (MesosDockerException)
        {
            // Removed since it was found; `wait` finds out what is so.
        }

        ended.SetResult();
    }
}

/// <param name="Warnings">What a person should know of it.</param>
public sealed record PlannedRun(DockerRun Run, IReadOnlyList<string> Warnings)
{
    internal static PlannedRun Of(LaunchPlan plan) => new(plan.Run, plan.Warnings);
}
