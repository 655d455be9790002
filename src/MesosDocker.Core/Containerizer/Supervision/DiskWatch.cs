using System.Diagnostics;
using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>What a sandbox holds, measured now and then, against the task's disk resource.</summary>
internal sealed class DiskWatch(string sandbox, long limit, TimeProvider clock)
{
    private const long Megabyte = 1024 * 1024;

    // Of the time that measuring takes, so that a task with millions of files does not keep a processor busy.
    private const int Idle = 20;

    // As Mesos's posix/disk isolator (--container_disk_watch_interval).
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    /// <param name="measured">Told of every new figure, in bytes.</param>
    /// <param name="over">Told, in a sentence, whenever the limit has come to be exceeded, or nobody can tell any more.</param>
    public async Task RunAsync(Action<long> measured, Action<string> over, CancellationToken cancellationToken)
    {
        TimeSpan pause = s_interval;
        bool wasOver = false;
        long? before = null;
        while (true)
        {
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            long started = Stopwatch.GetTimestamp();
            long? used = Measure(sandbox, cancellationToken);
            if (used is { } bytes && used != before)
            {
                measured(bytes);
            }

            bool isOver = used is null || used > limit;
            if (isOver && !wasOver)
            {
                over(Describe(used));
            }

            (wasOver, before) = (isOver, used);
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

    private string Describe(long? used) => used is { } bytes
        ? string.Create(CultureInfo.InvariantCulture, $"The sandbox holds {bytes / Megabyte} MB, the task has {limit / Megabyte} MB of disk.")
        : "The sandbox has so many directories in each other that what it holds cannot be measured.";
}
