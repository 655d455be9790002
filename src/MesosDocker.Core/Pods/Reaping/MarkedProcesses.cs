using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>Programs that an executor started, found by a variable of their environment: they outlive it when it is killed.</summary>
internal static class MarkedProcesses
{
    public const string Variable = "MESOS_DOCKER_RUN";

    // Each may be about to start another.
    private const int Rounds = 20;

    /// <summary>Kills them, and whatever they start meanwhile.</summary>
    public static void Kill(string runId)
    {
        string mark = $"{Variable}={runId}";
        for (int round = 0; round < Rounds; round++)
        {
            bool any = false;
            foreach (string folder in Directory.EnumerateDirectories("/proc"))
            {
                if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                    && ProcessIdentity.Of(pid) is { } process
                    && EnvironmentOf(folder).Split('\0').Contains(mark))
                {
                    any |= process.Signal(Libc.SignalKill);
                }
            }

            if (!any)
            {
                return;
            }
        }
    }

    private static string EnvironmentOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is another's.
            return "";
        }
    }
}
