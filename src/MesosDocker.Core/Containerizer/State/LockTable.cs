using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>Who holds which lock, as <c>/proc/locks</c> tells (proc_locks(5)).</summary>
internal static class LockTable
{
    private const string Table = "/proc/locks";

    /// <summary>The processes that took a lock on a file; a lock that was inherited shows the one that took it, if that still lives.</summary>
    public static IReadOnlyList<int> HoldersOf(string path) => Posix.OwnerOf(path) is { } file
        ? [.. Read().Where(entry => entry.Inode == file.Inode && entry.Major == file.DeviceMajor && entry.Minor == file.DeviceMinor)
            .Select(static entry => entry.Pid)]
        : [];

    private static IEnumerable<(int Pid, uint Major, uint Minor, ulong Inode)> Read()
    {
        // 12: FLOCK  ADVISORY  WRITE 4711 fe:00:131234 0 EOF; a line with "->" is somebody who waits.
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
