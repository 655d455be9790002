using MesosDocker.Io;

namespace MesosDocker.Fetching;

/// <summary>
/// How much may still be written: by the task's own limit, and by what its file system has free. Some of the file system is
/// always left for others: a bomb in an archive must not stop the tasks beside this one. Used by several fetches at once.
/// </summary>
internal sealed class DiskBudget(string directory, long? limit)
{
    private const long LeftForOthers = 64L * 1024 * 1024;
    private const int ShareLeftForOthers = 100;

    // Asking the file system costs a system call; so much may be written between two questions.
    private const long Unasked = 4L * 1024 * 1024;

    private const string More = "needs more than there is";

    private long _taken;
    private long _unasked;

    /// <summary>Before anything is written, with what somebody announced.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DiskFull"/></exception>
    public void Announce(FetchItem item, long bytes)
    {
        string needs = $"needs {bytes} bytes";
        if (bytes > LeftOfLimit())
        {
            throw OverLimit(item, needs);
        }

        // What is small is found out soon enough, and archives hold a great many small files.
        if (bytes >= Unasked && bytes > Free())
        {
            throw Full(item, needs);
        }
    }

    /// <summary>Before each write.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DiskFull"/></exception>
    public void Take(FetchItem item, long bytes)
    {
        long taken = Interlocked.Add(ref _taken, bytes);
        if (taken > limit)
        {
            throw OverLimit(item, More);
        }

        if (Interlocked.Add(ref _unasked, bytes) >= Unasked)
        {
            Interlocked.Exchange(ref _unasked, 0);
            if (Free() == 0)
            {
                throw Full(item, More);
            }
        }
    }

    /// <summary>What another program has written so far, which is taken when it is done.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DiskFull"/></exception>
    public void Watch(FetchItem item, long bytes)
    {
        if (bytes > LeftOfLimit() || Free() == 0)
        {
            throw NoRoom(item);
        }
    }

    /// <summary>After something was deleted.</summary>
    public void GiveBack(long bytes) => Interlocked.Add(ref _taken, -bytes);

    /// <summary>The most that a single file may have now.</summary>
    public long Room() => Math.Min(Free(), LeftOfLimit());

    /// <summary>When somebody else found that it does not fit.</summary>
    public MesosDockerException NoRoom(FetchItem item) => LeftOfLimit() < Free() ? OverLimit(item, More) : Full(item, More);

    /// <summary>When a write failed.</summary>
    public MesosDockerException Failure(FetchItem item, IOException cause) => IsDiskFull(cause)
        ? Full(item, More)
        : item.Failed($"it cannot be written to '{directory}': {cause.Message}", cause);

    public static bool IsDiskFull(IOException e) => AtomicFile.IsDiskFull(e) || e.HResult == Libc.QuotaExceeded;

    private MesosDockerException OverLimit(FetchItem item, string needs) => new(
        Fault.DiskFull,
        $"'{item.Shown}' {needs}; of the task's disk of {limit} bytes {LeftOfLimit()} are left. Give the task more disk.");

    private MesosDockerException Full(FetchItem item, string needs) => new(
        Fault.DiskFull,
        $"'{item.Shown}' {needs}; the file system of '{directory}' has {Free()} bytes to give. Free some, or fetch less.");

    private long LeftOfLimit() => limit is { } most ? Math.Max(0, most - Interlocked.Read(ref _taken)) : long.MaxValue;

    private long Free()
    {
        try
        {
            var drive = new DriveInfo(directory);

            // Some network file systems answer zero to everything.
            return drive.TotalSize == 0
                ? long.MaxValue
                : Math.Max(0, drive.AvailableFreeSpace - Math.Min(LeftForOthers, drive.TotalSize / ShareLeftForOthers));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return long.MaxValue;
        }
    }
}
