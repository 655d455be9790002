using System.Globalization;
using System.Runtime.InteropServices;

namespace MesosDocker.Io;

/// <summary>A process of this machine that is not mistaken for a later one of the same number.</summary>
/// <param name="StartTicks">Field 22 of <c>/proc/PID/stat</c> (proc_pid_stat(5)).</param>
internal sealed record ProcessIdentity(int Pid, long StartTicks)
{
    public bool IsAlive => ReadStartTicks(Pid) == StartTicks;

    public static ProcessIdentity Self() => Of(Environment.ProcessId)!;

    /// <summary>Null if there is no such process.</summary>
    public static ProcessIdentity? Of(int pid) => ReadStartTicks(pid) is { } ticks ? new ProcessIdentity(pid, ticks) : null;

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
    {
        const int StateField = 0;
        const int StartField = 19;
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));

            // The command's name may hold anything, so fields are counted from the last parenthesis.
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            bool ended = fields[StateField] is "Z" or "X";
            return ended ? null : long.Parse(fields[StartField], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
