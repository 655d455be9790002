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
    private const int StatUidOffset = 0x14;
    private const int StatGidOffset = 0x18;
    private const int StatModeOffset = 0x1c;
    private const int StatInodeOffset = 0x20;
    private const int StatMajorOffset = 0x88;
    private const int StatMinorOffset = 0x8c;
    private const int StatBlocksOffset = 0x30;
    private const int StatBlockSize = 512;

    public static bool IsRoot => OperatingSystem.IsLinux() && Libc.EffectiveUser() == 0;

    /// <exception cref="MesosDockerException"><see cref="Fault.PlatformUnsupported"/></exception>
    public static void RequireLinux(string what)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new MesosDockerException(Fault.PlatformUnsupported, $"{what} needs Linux, where Mesos agents run.");
        }
    }

    /// <summary>Owner, mode and identity of a file, not following a link at its end; null if there is none (or it cannot be seen).</summary>
    public static FileOwner? OwnerOf(string path, bool follow = false) => OwnerAt(AtWorkingDirectory, path, follow);

    /// <summary>The same for a name in an open directory; with an empty name, for the open file itself.</summary>
    public static unsafe FileOwner? OwnerAt(int directory, string name, bool follow = false)
    {
        byte* buffer = stackalloc byte[StatSize];
        int flags = StatEmptyName | (follow ? 0 : StatNoFollow);
        return Libc.StatX(directory, name, flags, StatBasicStats, buffer) != 0
            ? null
            : new FileOwner(
                *(uint*)(buffer + StatUidOffset),
                *(uint*)(buffer + StatGidOffset),
                *(ushort*)(buffer + StatModeOffset),
                *(ulong*)(buffer + StatInodeOffset),
                *(uint*)(buffer + StatMajorOffset),
                *(uint*)(buffer + StatMinorOffset))
            {
                AllocatedBytes = *(long*)(buffer + StatBlocksOffset) * StatBlockSize,
            };
    }

    /// <summary>Gives a directory that we have just made the owner and the permissions of another.</summary>
    public static void Resemble(string directory, FileOwner other)
    {
        const int Permissions = 0x1ff;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(directory, (UnixFileMode)(other.Mode & Permissions));
        }

        _ = Libc.ChangeOwner(directory, other.User, other.Group);
    }

    public static string DescribeLastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
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

    /// <summary>What it takes on the disk. A file with holes takes less than its length.</summary>
    public long AllocatedBytes { get; init; }

    public bool IsDirectory => (Mode & TypeMask) == TypeDirectory;

    public bool IsRegular => (Mode & TypeMask) == TypeRegular;

    public bool IsLink => (Mode & TypeMask) == TypeLink;

    /// <summary>In a directory that others can write: they can neither remove nor rename what is not theirs.</summary>
    public bool IsSticky => (Mode & Sticky) != 0;

    public bool WritableByOthers => (Mode & (GroupWrite | OthersWrite)) != 0;
}
