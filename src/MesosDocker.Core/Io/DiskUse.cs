using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Io;

/// <summary>
/// What a directory and everything below it takes on the disk, as <c>du</c> counts it: blocks and not lengths, a file with several names
/// once. Those who own the directory may try to mislead or exhaust us: links are not followed, names are taken in whatever encoding they
/// have, no more than a piece of one directory is held at a time, and what comes and goes meanwhile does not matter.
/// </summary>
internal static class DiskUse
{
    // Each level holds a descriptor and a buffer.
    private const int MaxDepth = 300;
    private const int BufferSize = 4096;

    // struct linux_dirent64: inode, offset, length of the entry, type, name.
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    /// <exception cref="IOException">It cannot be read, or has too many directories in each other: <see cref="Exception.HResult"/> is
    /// <see cref="Libc.TooManyLinks"/> then.</exception>
    public static long Of(SafeFileHandle directory, CancellationToken cancellationToken) => Of(directory, MaxDepth, cancellationToken);

    private static unsafe long Of(SafeFileHandle directory, int depth, CancellationToken cancellationToken)
    {
        if (depth == 0)
        {
            throw new IOException("too many directories in each other", Libc.TooManyLinks);
        }

        int number = (int)directory.DangerousGetHandle();
        byte[] buffer = new byte[BufferSize];
        long sum = 0;
        fixed (byte* entries = buffer)
        {
            while (Libc.SystemCall(Libc.ReadDirectoryNumber, number, (nint)entries, BufferSize, 0) is > 0 and nint length)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (byte* entry = entries; entry < entries + length; entry += *(ushort*)(entry + LengthOffset))
                {
                    byte* name = entry + NameOffset;
                    if (!IsItselfOrAbove(name) && Posix.OwnerAt(number, name) is { } owner)
                    {
                        sum += owner.IsDirectory
                            ? owner.AllocatedBytes + Below(directory, name, depth, cancellationToken)
                            : owner.AllocatedBytes / Math.Max(1, owner.Names);
                    }
                }
            }
        }

        return sum;
    }

    private static unsafe long Below(SafeFileHandle directory, byte* name, int depth, CancellationToken cancellationToken)
    {
        int fd = Libc.OpenAt(directory, name, Libc.OpenReadOnly | Libc.OpenDirectoryOnly | Libc.OpenNoFollow | Libc.OpenCloseOnExec, 0);
        if (fd < 0)
        {
            int errno = Marshal.GetLastPInvokeError();
            return errno is Libc.NoSuchFile or Libc.NotDirectory or Libc.TooManyLinks or Libc.AccessDenied
                ? 0
                : throw new IOException(Marshal.GetPInvokeErrorMessage(errno), errno);
        }

        using var below = new SafeFileHandle(fd, ownsHandle: true);
        return Of(below, depth - 1, cancellationToken);
    }

    private static unsafe bool IsItselfOrAbove(byte* name) => name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}
