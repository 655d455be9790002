using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// <c>launch</c>: writes down what is to run and leaves a supervisor behind. It does nothing that can take long or fail for the task's
/// reasons: that is told through <c>wait</c>, since agents lose the status of a launch that fails (docs/decisions.md).
/// </summary>
internal sealed class LaunchVerb(HookEnvironment hook)
{
    /// <exception cref="MesosDockerException"><see cref="Fault.MessageInvalid"/>, <see cref="Fault.ContainerIdInvalid"/>,
    /// <see cref="Fault.ContainerKnown"/>, <see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    /// <returns>Null; or why nothing was started, where an agent calls and will hear it from <c>wait</c>, too: a state root that cannot
    /// be written to.</returns>
    public MesosDockerException? Handle(byte[] request)
    {
        try
        {
            (StateStore store, NewContainer made) = WriteDown(request);
            using (made)
            {
                if (!Refuse(made.Directory))
                {
                    hook.Launcher.Start(store, made.Directory, made.Supervisor, made.Running, detach: false);
                }
            }

            return null;
        }
        catch (MesosDockerException e) when (e.Fault is Fault.StateUnusable or Fault.DiskFull && hook.WorkDirectory is not null)
        {
            return e;
        }
    }

    /// <summary>Runs the supervisor right here, for debugging; its container's notes and end are on the console.</summary>
    public async Task<Termination> RunInForegroundAsync(byte[] request, StopSwitch stop, CancellationToken cancellationToken)
    {
        (StateStore store, NewContainer made) = WriteDown(request);
        using (made)
        {
            return Refuse(made.Directory)
                ? made.Directory.ReadTermination()!
                : await new SuperviseVerb(hook)
                    .RunAsync(store, made.Directory, made.Running, stop, cancellationToken)
                    .ConfigureAwait(false);
        }
    }

    private (StateStore Store, NewContainer Made) WriteDown(byte[] request)
    {
        Launch launch = MesosCodec.DecodeLaunch(request);
        string sandbox = launch.Directory ?? hook.Environment.GetValueOrDefault("MESOS_DIRECTORY")
            ?? throw new MesosDockerException(
                Fault.MessageInvalid, $"The launch of '{launch.ContainerId}' names no sandbox, and neither does MESOS_DIRECTORY.");
        var context = new LaunchContext
        {
            Format = StateStore.Format,
            Created = DateTimeOffset.UtcNow,
            Environment = hook.Environment,
            WorkDirectory = hook.WorkDirectory ?? "",
            Sandbox = Path.TrimEndingDirectorySeparator(Path.GetFullPath(sandbox)),
            TaskId = launch.Task?.TaskId,
            ExecutorId = launch.Executor?.ExecutorId,
            FrameworkId = launch.Executor?.FrameworkId,
        };
        StateStore store = StateStore.Open(hook.StateRoot);
        return (store, store.Create(launch.ContainerId, request, context));
    }

    /// <summary>A configuration that is wrong ends the container before it begins, in words that reach the task's status.</summary>
    private bool Refuse(ContainerDirectory directory)
    {
        try
        {
            hook.Settings.Require();
            return false;
        }
        catch (MesosDockerException e)
        {
            directory.Write(ContainerEnd.Failed(e.Message).ToTermination());
            directory.Write(directory.ReadRecord().At(Phase.Ended).At(Phase.Cleaned));
            return true;
        }
    }
}
