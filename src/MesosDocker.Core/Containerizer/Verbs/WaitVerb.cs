using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// <c>wait</c>: sleeps on the container's lock until its end is on disk. Nothing of value lives here: agents kill it with all its
/// children, and run two of them on one container.
/// </summary>
internal sealed class WaitVerb(HookEnvironment hook)
{
    // Between the moment one waiter has found the supervisor gone and the moment the next supervisor holds the lock.
    private static readonly TimeSpan s_handOver = TimeSpan.FromMilliseconds(20);

    // One that ends at once, and again, must not keep the machine busy.
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    public Termination Handle(ContainerId id)
    {
        StateStore store = hook.Store;
        ContainerDirectory? directory = store.TryFind(id);
        return directory is null ? AskEngine(id) : Wait(store, directory);
    }

    /// <summary>The agent has the reply: the container need not be listed for it any more.</summary>
    public void Told(ContainerId id) => hook.Store.Deactivate(id);

    private Termination Wait(StateStore store, ContainerDirectory directory)
    {
        ResidentMemory.ReleaseProgram();
        TimeSpan pause = s_handOver;
        while (true)
        {
            try
            {
                FileLock.Acquire(directory.RunningLock, exclusive: false).Dispose();
            }
            catch (MesosDockerException) when (!Directory.Exists(directory.Path))
            {
                // Removed since it was found.
                return AskEngine(directory.Id);
            }

            if (directory.ReadTermination() is { } end)
            {
                // A supervisor that was killed while it cleaned up left something.
                hook.Launcher.TakeOverLost(store, directory);
                return end;
            }

            // Removed; or nobody can write an end there any more, so that the supervisor has left the container to be asked for it.
            if (!Directory.Exists(directory.Path) || !directory.IsWritable)
            {
                return AskEngine(directory.Id);
            }

            if (!hook.Launcher.TakeOver(store, directory))
            {
                Thread.Sleep(s_handOver);
                continue;
            }

            Thread.Sleep(pause);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    /// <summary>There is no state of it, but perhaps a container with its label: its state root was removed under it.</summary>
    private Termination AskEngine(ContainerId id) => AskEngineAsync(id).GetAwaiter().GetResult();

    private async Task<Termination> AskEngineAsync(ContainerId id)
    {
        string unknown = StateStore.Probe(hook.StateRoot) is { } obstacle
            ? $"Nothing is known of the container '{id}': {obstacle.Message} It is not known"
            : $"The container '{id}' is not known in '{hook.StateRoot}'";
        try
        {
            using DockerEngine engine = hook.OpenEngine();
            var filter = new ContainerFilter { All = true, Labels = [$"{ContainerLabels.Container}={id}"] };
            IReadOnlyList<ContainerSummary> found = await engine.ListAsync(filter, CancellationToken.None).ConfigureAwait(false);
            if (found.Count == 0)
            {
                return ContainerEnd.Failed($"{unknown}, nor to the Docker engine.").ToTermination();
            }

            string container = found[0].Id;
            using ContainerWait wait = await engine
                .BeginWaitAsync(container, WaitCondition.NotRunning, CancellationToken.None)
                .ConfigureAwait(false);
            ContainerExit exit = await wait.ExitAsync(CancellationToken.None).ConfigureAwait(false);
            await ContainerCleaner.RemoveAsync(engine, container, CancellationToken.None).ConfigureAwait(false);
            return new ContainerEnd { Status = WaitStatus.FromEngine((int)exit.ExitCode) }.ToTermination();
        }
        catch (MesosDockerException e)
        {
            return ContainerEnd.Failed($"{unknown}, and the Docker engine cannot be asked: {e.Message}").ToTermination();
        }
    }
}
