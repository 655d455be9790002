using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>A process with all that it has started: its descendants, and the members of every session that one of them leads.</summary>
internal static class ProcessTree
{
    /// <summary>Those that live now.</summary>
    public static IReadOnlyList<ProcessIdentity> Of(ProcessIdentity leader)
    {
        (ProcessIdentity Process, int Parent, int Session)[] all = [.. All()];
        var members = new HashSet<int> { leader.Pid };
        bool leads = all.Any(one => one.Process == leader);

        // A number that has passed to another process leads nothing of ours; what is left of the session still names it.
        int before;
        do
        {
            before = members.Count;
            foreach ((ProcessIdentity process, int parent, int session) in all)
            {
                if ((members.Contains(parent) && (leads || parent != leader.Pid)) || members.Contains(session))
                {
                    members.Add(process.Pid);
                }
            }
        }
        while (members.Count > before);

        return [.. all.Where(one => members.Contains(one.Process.Pid) && (one.Process.Pid != leader.Pid || leads)).Select(static one => one.Process)];
    }

    /// <returns>Whether there was any; it may have started another meanwhile.</returns>
    public static bool Kill(ProcessIdentity leader)
    {
        bool any = false;
        foreach (ProcessIdentity process in Of(leader))
        {
            any |= process.Signal(Libc.SignalKill);
        }

        return any;
    }

    private static IEnumerable<(ProcessIdentity Process, int Parent, int Session)> All()
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid)
                && ProcessIdentity.Of(pid) is { } process
                && ProcessIdentity.PlaceOf(pid) is (var parent, var session))
            {
                yield return (process, parent, session);
            }
        }
    }
}
