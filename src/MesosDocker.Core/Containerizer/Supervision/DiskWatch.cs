using System.Diagnostics;
using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>What a sandbox holds, measured now and then, against the task's disk resource.</summary>
internal sealed class DiskWatch(string sandbox, long limit, Action<long> measured)
{
    private const long Megabyte = 1024 * 1024;

    // Of the time that measuring takes, so that a task with millions of files does not keep a processor busy.
    private const int Idle = 20;

    // As Mesos's posix/disk isolator (--container_disk_watch_interval).
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    /// <returns>The sentence to say when more than the limit is used, or nobody can tell.</returns>
    public async Task<string> WaitUntilOverAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause = s_interval;
        while (true)
        {
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
            long started = Stopwatch.GetTimestamp();
            if (Measure(sandbox, cancellationToken) is not { } used)
            {
                return "The sandbox has so many directories in each other that what it holds cannot be measured.";
            }

            measured(used);
            if (used > limit)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"The sandbox holds {used / Megabyte} MB, the task has {limit / Megabyte} MB of disk.");
            }

            TimeSpan rest = Stopwatch.GetElapsedTime(started) * Idle;
            pause = rest > s_interval ? rest : s_interval;
        }
    }

    /// <summary>What everything below a directory takes on the disk; null: it is too deep to be measured.</summary>
    public static long? Measure(string directory, CancellationToken cancellationToken)
    {
        try
        {
            using DirectoryHandle root = DirectoryHandle.Open(directory);
            return root.AllocatedBytes(cancellationToken);
        }
        catch (IOException e)
        {
            // Else the sandbox has been removed under us.
            return e.HResult == Libc.TooManyLinks ? null : 0;
        }
    }
}
