using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>
/// Starts supervisors: this very program, as <c>mesos-docker supervise</c>, in a session of its own, holding its container's two locks
/// from the moment it exists, because it inherits them.
/// </summary>
internal sealed class SupervisorLauncher(string executable, IReadOnlyDictionary<string, string> environment)
{
    private const string Name = "mesos-docker";

    /// <summary>Passes the locks on and returns at once.</summary>
    /// <param name="detach">The supervisor becomes nobody's child, for callers that are killed with all their children: an agent does
    /// that to <c>wait</c>.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/></exception>
    public void Start(StateStore store, ContainerDirectory directory, FileLock supervisor, FileLock running, bool detach)
    {
        string locks = string.Create(CultureInfo.InvariantCulture, $"{supervisor.Descriptor},{running.Descriptor}");
        var spec = new ChildSpec
        {
            Program = executable,
            Name = Name,
            Arguments = ["supervise", "--root", store.Root, "--locks", locks, .. detach ? (string[])["--detach"] : [], directory.Id.Value],
            Environment = environment,
            WorkingDirectory = "/",
        };
        int pid = ChildProcess.Spawn(spec, input: null, output: null, error: null, [supervisor.Descriptor, running.Descriptor]);
        if (detach)
        {
            _ = ChildProcess.Wait(pid);
        }
    }

    /// <summary>The same, where a look says that it is needed, and that another supervisor could do more than this one.</summary>
    /// <returns>As <see cref="TakeOver"/>.</returns>
    public bool TakeOverLost(StateStore store, ContainerDirectory directory)
        => !directory.HasSupervisor && !StateCleaner.IsOver(directory) && directory.IsWritable && TakeOver(store, directory);

    /// <summary>
    /// Sees to it that a container which has not come to its end is watched: if its supervisor is gone, another takes over.
    /// </summary>
    /// <returns>False if one is there, or nothing is left to watch.</returns>
    public bool TakeOver(StateStore store, ContainerDirectory directory)
    {
        using FileLock? supervisor = directory.TryTakeSupervisor();
        if (supervisor is null || StateCleaner.IsOver(directory))
        {
            return false;
        }

        // Waiters hold this one for a moment only, each to find that it is free.
        using FileLock running = FileLock.Acquire(directory.RunningLock, exclusive: true);
        if (!directory.HasBegun && directory.ReadTermination() is null)
        {
            // The launch was killed, or died with its agent, and the task counts as failed there: it must not run now.
            directory.Write(ContainerEnd.Failed("The launch was interrupted before anything was started.").ToTermination());
            return true;
        }

        Start(store, directory, supervisor, running, detach: true);
        return true;
    }
}
