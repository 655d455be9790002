using System.Globalization;

namespace MesosDocker.Containerizer;

/// <summary>What a sandbox holds, measured now and then, against the task's disk resource.</summary>
internal sealed class DiskWatch(string sandbox, long limit, Action<long> measured)
{
    private const long Megabyte = 1024 * 1024;

    // As Mesos's posix/disk isolator (--container_disk_watch_interval).
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    /// <returns>The sentence to say when more than the limit is used.</returns>
    public async Task<string> WaitUntilOverAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(s_interval, cancellationToken).ConfigureAwait(false);
            long used = Measure(sandbox, cancellationToken);
            measured(used);
            if (used > limit)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"The sandbox holds {used / Megabyte} MB, the task has {limit / Megabyte} MB of disk.");
            }
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
