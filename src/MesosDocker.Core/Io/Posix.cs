using System.Globalization;
using System.Runtime.InteropServices;

namespace MesosDocker.Io;

/// <summary>Small questions to the operating system.</summary>
internal static class Posix
{
    private const int AtWorkingDirectory = -100;
    private const int StatNoFollow = 0x100;
    private const int StatEmptyName = 0x1000;
    private const uint StatBasicStats = 0x7ff;
    private const int StatSize = 256;
    private const int StatLinksOffset = 0x10;
    private const int StatUidOffset = 0x14;
    private const int StatGidOffset = 0x18;
    private const int StatModeOffset = 0x1c;
    private const int StatInodeOffset = 0x20;
    private const int StatMajorOffset = 0x88;
    private const int StatMinorOffset = 0x8c;
    private const int StatBlocksOffset = 0x30;
    private const int StatBlockSize = 512;

    private const string OwnDescriptors = "/proc/self/fd";

    public static bool IsRoot => OperatingSystem.IsLinux() && Libc.EffectiveUser() == 0;

    /// <exception cref="MesosDockerException"><see cref="Fault.PlatformUnsupported"/></exception>
    public static void RequireLinux(string what)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new MesosDockerException(Fault.PlatformUnsupported, $"{what} needs Linux, where Mesos agents run.");
        }
    }

    /// <summary>
    /// What our parent left open by mistake goes no further: a supervisor would hold it for as long as its container lives. Linux before 5.11
    /// is told one by one.
    /// </summary>
    public static void KeepDescriptorsFromChildren()
    {
        const int FirstNotStandard = 3;
        if (!OperatingSystem.IsLinux()
            || Libc.SystemCall(Libc.CallCloseRange, FirstNotStandard, int.MaxValue, Libc.CloseRangeOnExec, 0) == 0
            || !Directory.Exists(OwnDescriptors))
        {
            return;
        }

        foreach (string entry in Directory.EnumerateFileSystemEntries(OwnDescriptors))
        {
            if (int.TryParse(Path.GetFileName(entry), CultureInfo.InvariantCulture, out int fd) && fd >= FirstNotStandard)
            {
                _ = Libc.DescriptorControl(fd, Libc.SetDescriptorFlags, Libc.CloseOnExec);
            }
        }
    }

    /// <summary>Owner, mode and identity of a file, not following a link at its end; null if there is none (or it cannot be seen).</summary>
    public static FileOwner? OwnerOf(string path, bool follow = false) => OwnerAt(AtWorkingDirectory, path, follow);

    /// <summary>The same for a name in an open directory; with an empty name, for the open file itself.</summary>
    public static unsafe FileOwner? OwnerAt(int directory, string name, bool follow = false)
    {
        byte* buffer = stackalloc byte[StatSize];
        int flags = StatEmptyName | (follow ? 0 : StatNoFollow);
        return Libc.StatX(directory, name, flags, StatBasicStats, buffer) != 0 ? null : Read(buffer);
    }

    /// <summary>The same for a name as the kernel has it, in whatever encoding.</summary>
    public static unsafe FileOwner? OwnerAt(int directory, byte* name)
    {
        byte* buffer = stackalloc byte[StatSize];
        return Libc.StatX(directory, name, StatNoFollow, StatBasicStats, buffer) != 0 ? null : Read(buffer);
    }

    /// <summary>Gives a file or a directory that we have just made the owner and the permissions of another.</summary>
    public static void Resemble(string path, FileOwner other)
    {
        const int Permissions = 0x1ff;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)(other.Mode & Permissions));
        }

        _ = Libc.ChangeOwner(path, other.User, other.Group);
    }

    public static string DescribeLastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    private static unsafe FileOwner Read(byte* buffer) => new(
        *(uint*)(buffer + StatUidOffset),
        *(uint*)(buffer + StatGidOffset),
        *(ushort*)(buffer + StatModeOffset),
        *(ulong*)(buffer + StatInodeOffset),
        *(uint*)(buffer + StatMajorOffset),
        *(uint*)(buffer + StatMinorOffset))
    {
        AllocatedBytes = *(long*)(buffer + StatBlocksOffset) * StatBlockSize,
        Names = *(uint*)(buffer + StatLinksOffset),
    };
}

/// <param name="Mode">Type and permission bits, as <c>st_mode</c>.</param>
internal readonly record struct FileOwner(uint User, uint Group, ushort Mode, ulong Inode, uint DeviceMajor, uint DeviceMinor)
{
    private const int TypeMask = 0xf000;
    private const int TypeDirectory = 0x4000;
    private const int TypeRegular = 0x8000;
    private const int TypeLink = 0xa000;
    private const int Sticky = 0x200;
    private const int GroupWrite = 0x10;
    private const int OthersWrite = 0x2;

    // To chown(2): leave it.
    private const uint Unchanged = uint.MaxValue;

    /// <summary>Ours, with such permissions.</summary>
    public static FileOwner Ours(UnixFileMode mode) => new(Unchanged, Unchanged, (ushort)mode, 0, 0, 0);

    /// <summary>What it takes on the disk. A file with holes takes less than its length.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>By how many names a file is known (hard links).</summary>
    public uint Names { get; init; }

    public bool IsDirectory => (Mode & TypeMask) == TypeDirectory;

    public bool IsRegular => (Mode & TypeMask) == TypeRegular;

    public bool IsLink => (Mode & TypeMask) == TypeLink;

    /// <summary>In a directory that others can write: they can neither remove nor rename what is not theirs.</summary>
    public bool IsSticky => (Mode & Sticky) != 0;

    public bool WritableByOthers => (Mode & (GroupWrite | OthersWrite)) != 0;
}
