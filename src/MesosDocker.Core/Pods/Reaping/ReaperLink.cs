using System.Globalization;
using MesosDocker.Io;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Pods;

/// <summary>
/// An executor's hold on its reaper, a process that sleeps until the executor has ended, however it ended, and removes what it left.
/// <code>
///   executor ── writes, or dies ──► pipe ──► reaper, nobody's child, in a session of its own and outside of the agent's control groups
/// </code>
/// A byte says that nothing is left; the end of the pipe without one, that something may be. Nothing of it is on disk.
/// </summary>
internal sealed class ReaperLink : IDisposable
{
    public const string Verb = "reap";
    public const string Detach = "--detach";

    private readonly SafeFileHandle _end;

    private ReaperLink(SafeFileHandle end) => _end = end;

    /// <param name="executable">This program's own file.</param>
    /// <param name="runId">On everything that the executor will make.</param>
    /// <returns>When the reaper runs.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/>, <see cref="Fault.ProgramFailed"/>.</exception>
    public static async Task<ReaperLink> StartAsync(
        string executable, string name, string runId, string sandbox, IReadOnlyDictionary<string, string> environment)
    {
        (SafeFileHandle read, SafeFileHandle write) = PosixPipe.Make();
        using (read)
        {
            try
            {
                int pid = Spawn(executable, name, [Verb, Detach, Text(read), runId, sandbox], environment, read);
                int status = await Task.Run(() => ChildProcess.Wait(pid)).ConfigureAwait(false);
                return status == 0 ? new ReaperLink(write) : throw new MesosDockerException(
                    Fault.ProgramFailed, $"The reaper of this executor could not be started: '{executable}' {new WaitStatus(status)}.");
            }
            catch (MesosDockerException)
            {
                write.Dispose();
                throw;
            }
        }
    }

    /// <summary>Starts the reaper itself, and leaves it nobody's child: agents kill an executor with all its children.</summary>
    public static void StartDetached(
        string executable, string name, int descriptor, string runId, string sandbox, IReadOnlyDictionary<string, string> environment)
    {
        using var read = new SafeFileHandle(descriptor, ownsHandle: true);
        _ = Spawn(executable, name, [Verb, Text(read), runId, sandbox], environment, read);
    }

    /// <summary>The executor has removed everything, and nothing can come any more.</summary>
    public void Dismiss()
    {
        try
        {
            PosixPipe.WriteAndClose(_end, [1]);
        }
        catch (IOException)
        {
            // Somebody has killed it.
        }
    }

    public void Dispose() => _end.Dispose();

    private static int Spawn(
        string executable, string name, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, SafeFileHandle read)
    {
        var spec = new ChildSpec
        {
            Program = executable, Name = name, Arguments = arguments, Environment = environment, WorkingDirectory = "/",
        };
        return ChildProcess.Spawn(spec, input: null, output: null, error: null, [read.Number()]);
    }

    private static string Text(SafeFileHandle file) => file.Number().ToString(CultureInfo.InvariantCulture);
}
