using System.Runtime.InteropServices;

namespace MesosDocker.Io;

/// <summary>
/// A <c>flock(2)</c> on a file. It belongs to the open file, not to the process: a child that inherits the descriptor holds the lock
/// on when its parent has gone, and the kernel frees it when the last holder has ended, however it ended.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int OwnerReadWrite = 0x180;

    private int _fd;

    private FileLock(int fd) => _fd = fd;

    public int Descriptor => _fd;

    /// <summary>
    /// Takes over a lock that a parent process holds on an inherited descriptor. It is not inherited any further: a program that is
    /// started and left behind would hold it.
    /// </summary>
    public static unsafe FileLock Inherit(int fd)
    {
        _ = Libc.Control(fd, Libc.SetCloseOnExec, null);
        return new FileLock(fd);
    }

    /// <summary>Null if somebody else holds it in a way that excludes us.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>: the file cannot be opened.</exception>
    public static FileLock? TryAcquire(string path, bool exclusive)
        => Acquire(path, (exclusive ? Libc.LockExclusive : Libc.LockShared) | Libc.LockNonBlocking);

    /// <summary>Blocks the thread until the lock is free.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>: the file cannot be opened, or its disk knows no locks.</exception>
    public static FileLock Acquire(string path, bool exclusive)
        => Acquire(path, exclusive ? Libc.LockExclusive : Libc.LockShared)
            ?? throw new MesosDockerException(Fault.StateUnusable, $"The lock '{path}' cannot be taken: {Posix.DescribeLastError()}.");

    /// <summary>Whether anybody holds the lock exclusively just now. False where there is no such file.</summary>
    public static bool IsHeld(string path)
    {
        int fd = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenCloseOnExec, 0);
        if (fd < 0)
        {
            return false;
        }

        bool held = !TryLock(fd, Libc.LockShared | Libc.LockNonBlocking);
        _ = Libc.Close(fd);
        return held;
    }

    public void Dispose()
    {
        int fd = Interlocked.Exchange(ref _fd, -1);
        if (fd >= 0)
        {
            _ = Libc.Close(fd);
        }
    }

    private static FileLock? Acquire(string path, int operation)
    {
        int flags = Libc.OpenCloseOnExec | Libc.OpenNoFollow;
        int fd = Libc.Open(path, Libc.OpenReadWrite | Libc.OpenCreate | flags, OwnerReadWrite);
        if (fd < 0 && Marshal.GetLastPInvokeError() == Libc.ReadOnlyFileSystem)
        {
            // A lock is not written to.
            fd = Libc.Open(path, Libc.OpenReadOnly | flags, 0);
        }

        if (fd < 0)
        {
            throw new MesosDockerException(Fault.StateUnusable, $"The lock '{path}' cannot be opened: {Posix.DescribeLastError()}.");
        }

        if (TryLock(fd, operation))
        {
            return new FileLock(fd);
        }

        _ = Libc.Close(fd);
        return null;
    }

    private static bool TryLock(int fd, int operation)
    {
        while (Libc.Flock(fd, operation) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
            {
                return false;
            }
        }

        return true;
    }
}
