using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>
/// Calls of the containerizer that a killed server left behind. A launch must have come to its end before anybody asks what
/// containers there are; a wait would sleep on for nobody. They are told by what every call of this agent has in its environment, the
/// work directory, and by the executable: this one, or one of before, wherever that was.
/// </summary>
internal static class Leftovers
{
    // A script's interpreter, and what it is told, stand before the script.
    private const int MostBeforeTheHook = 3;

    private static readonly TimeSpan s_launchPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(10);

    /// <param name="hooks">Executables that were the containerizer of this work directory.</param>
    public static async Task EndAsync(IReadOnlyCollection<string> hooks, string workDirectory, CancellationToken cancellationToken)
    {
        var launches = new List<ProcessIdentity>();
        foreach ((ProcessIdentity process, string verb) in Calls(hooks, workDirectory))
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

    private static IEnumerable<(ProcessIdentity Process, string Verb)> Calls(IReadOnlyCollection<string> hooks, string workDirectory)
    {
        string mark = $"MESOS_WORK_DIRECTORY={workDirectory}";
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && ProcessIdentity.Of(pid) is { } process
                && VerbOf(Read(Path.Combine(folder, "cmdline")), hooks) is { } verb
                && Read(Path.Combine(folder, "environ")).Contains(mark))
            {
                yield return (process, verb);
            }
        }
    }

    private static string? VerbOf(string[] words, IReadOnlyCollection<string> hooks)
    {
        int hook = Array.FindIndex(words, 0, Math.Min(words.Length, MostBeforeTheHook), hooks.Contains);
        return hook >= 0 && hook + 1 < words.Length ? words[hook + 1] : null;
    }

    private static string[] Read(string path)
    {
        try
        {
            return File.ReadAllText(path).Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another's.
            return [];
        }
    }
}
