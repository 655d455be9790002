using System.Diagnostics;

namespace MesosDocker.Io;

/// <summary>
/// The far end of a pipe. An agent reads a reply on one thread and collects the process that wrote it on another, and closes the pipe as
/// soon as that has happened, read or not (<c>async(read, ...)</c> and <c>Subprocess</c> in external_containerizer.cpp of Mesos 1.0): whoever
/// answers and ends faster than it comes to reading, is not heard.
/// </summary>
internal static class PipeDrain
{
    // An agent all of whose threads are busy reads late.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Returns when everything written to a pipe has been read.</summary>
    /// <returns>False if its reader has gone, or takes too long. What is no pipe is taken at once.</returns>
    public static unsafe bool Wait(int fd)
    {
        var limit = Stopwatch.StartNew();
        while (Unread(fd) > 0)
        {
            // No event is asked for: this sleeps for a millisecond, unless the other end is closed.
            var entry = new Libc.PollEntry { Fd = fd };
            if (Libc.Poll(&entry, 1, milliseconds: 1) > 0 || limit.Elapsed > s_patience)
            {
                return false;
            }
        }

        return true;
    }

    private static unsafe int Unread(int fd)
    {
        int bytes = 0;
        return Libc.Control(fd, Libc.CountUnread, &bytes) == 0 ? bytes : 0;
    }
}
