using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>
/// The executor of agents before 0.28, which have no HTTP API: <c>mesos-executor --override PROGRAM ARGUMENT...</c> registers with the agent,
/// runs the program, and reports the task by the program's end. The program is our own <c>observe</c>, which ends as the container
/// does and stops it when it is told to end.
/// </summary>
internal static class OverrideExecutor
{
    private const string Program = "mesos-executor";

    /// <summary>Completes when the executor has ended.</summary>
    /// <param name="observe">The command line that follows the container.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/></exception>
    public static async Task RunAsync(
        IReadOnlyDictionary<string, string> environment, string sandbox, IReadOnlyList<string> observe, CancellationToken cancellationToken)
    {
        string folder = environment.GetValueOrDefault("MESOS_LIBEXEC_DIRECTORY")
            ?? throw new MesosDockerException(
                Fault.ProgramMissing, $"The agent is older than Mesos 0.28 and does not say where its {Program} is (MESOS_LIBEXEC_DIRECTORY).");
        var spec = new ChildSpec
        {
            Program = Path.Combine(folder, Program),
            Arguments = ["--override", .. observe],
            Environment = environment,
            WorkingDirectory = sandbox,
        };
        int pid = ChildProcess.Spawn(spec, input: null, output: null, error: null, []);
        try
        {
            await Task.Factory
                .StartNew(() => ChildProcess.Wait(pid), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .WaitAsync(cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            _ = Libc.Kill(-pid, Libc.SignalKill);
        }
    }
}
