using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>
/// The executor of agents before 0.28, which have no HTTP API: <c>mesos-executor --override PROGRAM ARGUMENT...</c> registers with the
/// agent, runs the program, and reports the task by the program's end. The program is our own <c>observe</c>, which ends as the container
/// does and stops it when it is told to end.
/// </summary>
internal static class OverrideExecutor
{
    private const string Program = "mesos-executor";

    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Completes when the executor has ended.</summary>
    /// <param name="observe">The command line that follows the container.</param>
    /// <param name="started">Told of the executor, so that a later supervisor follows it: an agent ends one that registers a second
    /// time.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/></exception>
    public static async Task RunAsync(
        IReadOnlyDictionary<string, string> environment,
        string sandbox,
        IReadOnlyList<string> observe,
        Action<ProcessIdentity> started,
        CancellationToken cancellationToken)
    {
        string folder = environment.GetValueOrDefault("MESOS_LIBEXEC_DIRECTORY")
            ?? throw new MesosDockerException(
                Fault.ProgramMissing,
                $"The agent is older than Mesos 0.28 and does not say where its {Program} is (MESOS_LIBEXEC_DIRECTORY).");
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
            if (ProcessIdentity.Of(pid) is { } process)
            {
                started(process);
            }

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

    /// <summary>Completes when an executor that an earlier supervisor started has ended.</summary>
    public static async Task FollowAsync(ProcessIdentity process, CancellationToken cancellationToken)
    {
        if (ProcessWatch.Start(process, cgroups: null) is { } watch)
        {
            await watch.Ended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        // Before Linux 5.3.
        while (process.IsAlive)
        {
            await Task.Delay(s_interval, cancellationToken).ConfigureAwait(false);
        }
    }
}
