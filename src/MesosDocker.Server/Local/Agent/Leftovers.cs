using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>
/// Calls of the containerizer that a killed server left behind. A launch must have come to its end before anybody asks what
/// containers there are; a wait would sleep on for nobody.
/// </summary>
internal static class Leftovers
{
    private static readonly TimeSpan s_launchPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    public static async Task EndAsync(HookCalls hook, CancellationToken cancellationToken)
    {
        var launches = new List<ProcessIdentity>();
        foreach ((ProcessIdentity process, string verb) in Calls(hook))
        {
            if (verb == "wait")
            {
                process.Signal(Libc.SignalKill);
            }
            else if (verb == "launch")
            {
                launches.Add(process);
            }
        }

        Deadline deadline = Deadline.In(s_launchPatience);
        foreach (ProcessIdentity launch in launches)
        {
            while (launch.IsAlive && !deadline.HasPassed)
            {
                await Task.Delay(s_step, cancellationToken);
            }

            launch.Signal(Libc.SignalKill);
        }
    }

    private static IEnumerable<(ProcessIdentity Process, string Verb)> Calls(HookCalls hook)
    {
        string mark = $"MESOS_WORK_DIRECTORY={hook.WorkDirectory}";
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && ProcessIdentity.Of(pid) is { } process
                && ProcessIdentity.CommandOf(pid)?.Split(' ') is [var program, var verb, ..]
                && program == hook.Executable
                && Read(Path.Combine(folder, "environ")).Split('\0').Contains(mark))
            {
                yield return (process, verb);
            }
        }
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another's.
            return "";
        }
    }
}
