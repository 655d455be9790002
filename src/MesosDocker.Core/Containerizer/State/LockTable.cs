using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>Who holds which lock, as <c>/proc/locks</c> tells (proc_locks(5)).</summary>
internal static class LockTable
{
    private const string Table = "/proc/locks";

    // Of somebody who waits for the lock of the line before.
    private const string Waiting = " -> ";

    /// <summary>The processes that took a lock on a file; a lock that was inherited shows the one that took it, if that still
    /// lives.</summary>
    public static IReadOnlyList<int> HoldersOf(string path) => Posix.OwnerOf(path) is { } file
        ? [.. Read().Where(entry => entry.Inode == file.Inode && entry.Major == file.DeviceMajor && entry.Minor == file.DeviceMinor)
            .Select(static entry => entry.Pid)]
        : [];

    /// <summary>Whether anybody sleeps until the lock is free; true as well where that cannot be told.</summary>
    public static bool IsWaitedFor(string path)
    {
        if (Posix.OwnerOf(path) is not { } file)
        {
            return false;
        }

        // Most lines are about other files: they are passed over without taking them apart.
        string inode = string.Create(CultureInfo.InvariantCulture, $":{file.Inode} ");
        try
        {
            return File.ReadLines(Table)
                .Any(line => line.Contains(Waiting, StringComparison.Ordinal) && line.Contains(inode, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static IEnumerable<(int Pid, uint Major, uint Minor, ulong Inode)> Read()
    {
        // 12: FLOCK  ADVISORY  WRITE 4711 fe:00:131234 0 EOF
        // 12: -> FLOCK  ADVISORY  READ 4712 fe:00:131234 0 EOF
        foreach (string line in File.ReadLines(Table))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [_, "FLOCK", _, _, var pid, var device, ..]
                && device.Split(':') is [var major, var minor, var inode]
                && int.TryParse(pid, CultureInfo.InvariantCulture, out int number)
                && uint.TryParse(major, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint majorNumber)
                && uint.TryParse(minor, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out uint minorNumber)
                && ulong.TryParse(inode, CultureInfo.InvariantCulture, out ulong inodeNumber))
            {
                yield return (number, majorNumber, minorNumber, inodeNumber);
            }
        }
    }
}
