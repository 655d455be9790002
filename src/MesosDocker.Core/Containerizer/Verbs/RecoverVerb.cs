using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>
/// <c>recover</c>: the agent has started. Whatever needs the engine is left to a <c>sweep</c> in the background, because an agent waits
/// for this without a limit, and exits if it fails.
/// </summary>
internal sealed class RecoverVerb(HookEnvironment hook)
{
    public void Handle()
    {
        var spec = new ChildSpec
        {
            Program = hook.Executable,
            Name = "mesos-docker",
            Arguments = ["sweep", "--root", hook.StateRoot],
            Environment = hook.Environment,
            WorkingDirectory = "/",
        };
        _ = ChildProcess.Spawn(spec, input: null, output: null, error: null, []);
    }
}
