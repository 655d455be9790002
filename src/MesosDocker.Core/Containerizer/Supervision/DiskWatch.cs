using System.Globalization;

namespace MesosDocker.Containerizer;

/// <summary>What a sandbox holds, measured now and then, against the task's disk resource.</summary>
internal sealed class DiskWatch(string sandbox, long limit, TimeProvider clock)
{
    private const long Megabyte = 1024 * 1024;

    // As Mesos's posix/disk isolator (--container_disk_watch_interval).
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    /// <param name="measured">Told of every new figure, in bytes.</param>
    /// <param name="over">Told, in a sentence, whenever the limit has come to be exceeded.</param>
    public async Task RunAsync(Action<long> measured, Action<string> over, CancellationToken cancellationToken)
    {
        long? before = null;
        while (true)
        {
            await Task.Delay(s_interval, clock, cancellationToken).ConfigureAwait(false);
            long used = Measure(sandbox, cancellationToken);
            if (used != before)
            {
                measured(used);
            }

            if (used > limit && !(before > limit))
            {
                over(string.Create(
                    CultureInfo.InvariantCulture, $"The sandbox holds {used / Megabyte} MB, the task has {limit / Megabyte} MB of disk."));
            }

            before = used;
        }
    }

    /// <summary>Bytes of all files below a directory, links not followed. What disappears meanwhile counts as nothing.</summary>
    public static long Measure(string directory, CancellationToken cancellationToken)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
        };
        long sum = 0;
        try
        {
            foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles("*", options))
            {
                cancellationToken.ThrowIfCancellationRequested();
                sum += Size(file);
            }
        }
        catch (IOException)
        {
            // The sandbox has been removed under us.
        }

        return sum;
    }

    private static long Size(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
