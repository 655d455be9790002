using System.Globalization;
using System.Runtime.InteropServices;

namespace MesosDocker.Io;

/// <summary>A process of this machine that is not mistaken for a later one of the same number.</summary>
/// <param name="StartTicks">Field 22 of <c>/proc/PID/stat</c> (proc_pid_stat(5)).</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks)
{
    // Counted from the state, which is field 3.
    private const int StateField = 0;
    private const int ParentField = 1;
    private const int SessionField = 3;
    private const int StartField = 19;

    public bool IsAlive => ReadStartTicks(Pid) == StartTicks;

    public static ProcessIdentity Self() => Of(Environment.ProcessId)!;

    /// <summary>Null if there is no such process.</summary>
    public static ProcessIdentity? Of(int pid) => ReadStartTicks(pid) is { } ticks ? new ProcessIdentity(pid, ticks) : null;

    /// <summary>
    /// The process that a caller made for this one: the first of our session, if that is ourselves or our parent, such as the shell
    /// that was to start us; else ourselves. Of two calls the one made first has the older process, whichever came to run first.
    /// </summary>
    public static ProcessIdentity OfCall()
    {
        string[] fields = ReadStat("self")!;
        int parent = int.Parse(fields[ParentField], CultureInfo.InvariantCulture);
        int session = int.Parse(fields[SessionField], CultureInfo.InvariantCulture);
        return (session == parent ? Of(session) : null) ?? Self();
    }

    /// <summary>The parent and the session of a process; null if there is none.</summary>
    public static (int Parent, int Session)? PlaceOf(int pid)
        => ReadStat(pid.ToString(CultureInfo.InvariantCulture)) is not { } fields ? null : (
            int.Parse(fields[ParentField], CultureInfo.InvariantCulture), int.Parse(fields[SessionField], CultureInfo.InvariantCulture));

    /// <summary>The command line of a process; null if there is none.</summary>
    public static string? CommandOf(int pid)
    {
        try
        {
            string words = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline"));
            return words.TrimEnd('\0').Replace('\0', ' ') is { Length: > 0 } line ? line : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Sends a signal to this very process; false if it has ended.</summary>
    public bool Signal(int signal)
    {
        // A descriptor of the process first, then its identity: the number cannot pass to another process in between.
        nint fd = Libc.SystemCall(Libc.CallPidFdOpen, Pid, 0, 0, 0);
        if (fd < 0)
        {
            return Marshal.GetLastPInvokeError() != Libc.NoSuchProcess && IsAlive && Libc.Kill(Pid, signal) == 0;
        }

        try
        {
            return IsAlive && Libc.SystemCall(Libc.CallPidFdSendSignal, fd, signal, 0, 0) == 0;
        }
        finally
        {
            _ = Libc.Close((int)fd);
        }
    }

    private static long? ReadStartTicks(int pid)
        => ReadStat(pid.ToString(CultureInfo.InvariantCulture)) is { } fields && fields[StateField] is not ("Z" or "X")
            ? long.Parse(fields[StartField], CultureInfo.InvariantCulture)
            : null;

    /// <summary>The fields from the third on, which is the state; null if there is no such process.</summary>
    public static string[]? ReadStat(string process)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{process}/stat");

            // The command's name may hold anything, so fields are counted from the last parenthesis.
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
