using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Io;

/// <summary>
/// An open directory. Names given to it are single names, looked up in this very directory and never through a link, so whoever
/// may write to the directory, or move it, cannot send us elsewhere. Every failure is an <see cref="IOException"/> whose
/// <see cref="Exception.HResult"/> is the error number.
/// </summary>
internal sealed class DirectoryHandle : IDisposable
{
    private const int PrivateDirectory = 0b111_000_000;
    private const int PrivateFile = 0b110_000_000;

    // A tree that somebody else may have made is deeper only to exhaust us.
    private const int MaxDepth = 300;

    // Of somebody who puts something else there again and again.
    private const int MostTries = 10;

    private readonly SafeFileHandle _handle;

    private DirectoryHandle(SafeFileHandle handle) => _handle = handle;

    /// <summary>
    /// A path by which another program, or a call that knows only paths, reaches this directory whatever it is called by now.
    /// Good for as long as this object lives.
    /// </summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{Number}";

    private int Number => (int)_handle.DangerousGetHandle();

    /// <summary>Only the last part of the path must not be a link.</summary>
    public static DirectoryHandle Open(string path)
    {
        int fd = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenDirectoryOnly | Libc.OpenNoFollow | Libc.OpenCloseOnExec, 0);
        return fd >= 0 ? new DirectoryHandle(new SafeFileHandle(fd, ownsHandle: true)) : throw LastError(path);
    }

    public DirectoryHandle OpenDirectory(string name) => new(OpenAt(name, Libc.OpenReadOnly | Libc.OpenDirectoryOnly, 0));

    /// <summary>Makes a new directory that only we may enter.</summary>
    public DirectoryHandle MakeDirectory(string name)
    {
        Check(Libc.MakeDirectoryAt(_handle, name, PrivateDirectory), name);
        return OpenDirectory(name);
    }

    /// <summary>Makes a new file that only we may open.</summary>
    public SafeFileHandle CreateFile(string name)
        => OpenAt(name, Libc.OpenReadWrite | Libc.OpenCreate | Libc.OpenExclusive, PrivateFile);

    /// <summary>
    /// Opens a file to append to it, and makes it where there is none. What somebody else may have put there (a link, a pipe, a device,
    /// another name of some file) is deleted, and never opened: opening alone can wait, or set a device going.
    /// </summary>
    /// <param name="keep">False: a file that is there is deleted, too, and what is opened was made by us. There is no telling, by looking, that
    /// it is not another's: a second name can be taken away between its opening and the look.</param>
    public SafeFileHandle OpenToAppend(string name, int mode, bool keep, out bool made)
    {
        const int Append = Libc.OpenWriteOnly | Libc.OpenAppend;
        for (int tries = MostTries; ; tries--)
        {
            using (SafeFileHandle? there = TryOpenAt(name, Libc.OpenNothing, 0))
            {
                made = there is null;
                if (keep && there is not null && IsOnlyName(there))
                {
                    int number = (int)there.DangerousGetHandle();
                    int fd = Libc.Open($"/proc/{Environment.ProcessId}/fd/{number}", Append | Libc.OpenNonBlocking | Libc.OpenCloseOnExec, 0);
                    return fd >= 0 ? new SafeFileHandle(fd, ownsHandle: true) : throw LastError(name);
                }
            }

            if (!made)
            {
                Delete(name);
            }

            if (TryOpenAt(name, Append | Libc.OpenCreate | Libc.OpenExclusive, mode) is { } file)
            {
                made = true;
                return file;
            }

            if (tries == 0 || Marshal.GetLastPInvokeError() != Libc.Exists)
            {
                throw LastError(name);
            }
        }
    }

    public SafeFileHandle OpenFile(string name) => OpenAt(name, Libc.OpenReadOnly | Libc.OpenNonBlocking, 0);

    public FileOwner? Look(string name) => Posix.OwnerAt(Number, name);

    public void Rename(string name, DirectoryHandle to, string newName)
        => Check(Libc.RenameAt(_handle, name, to._handle, newName), newName);

    public void MakeSymbolicLink(string name, string target) => Check(Libc.SymbolicLinkAt(target, _handle, name), name);

    public void MakeHardLink(string name, DirectoryHandle to, string newName)
        => Check(Libc.LinkAt(_handle, name, to._handle, newName, 0), newName);

    public void Delete(string name) => Check(Libc.UnlinkAt(_handle, name, 0), name);

    /// <summary>Deletes a directory with all that is in it.</summary>
    public void DeleteTree(string name) => DeleteTree(name, MaxDepth);

    public IReadOnlyList<string> Names()
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(Path).Select(static entry => System.IO.Path.GetFileName(entry))];
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException(e.Message, Libc.AccessDenied);
        }
    }

    /// <summary>What everything in it, and below it, takes on the disk.</summary>
    public long AllocatedBytes() => AllocatedBytes(CancellationToken.None);

    /// <summary>The same, for one that may have much in it.</summary>
    public long AllocatedBytes(CancellationToken cancellationToken)
    {
        // A position of its own, at the beginning.
        using SafeFileHandle directory = OpenAt(".", Libc.OpenReadOnly | Libc.OpenDirectoryOnly, 0);
        return DiskUse.Of(directory, cancellationToken);
    }

    public void SetOwner(uint user, uint group) => SetOwner(_handle, user, group);

    public void SetMode(UnixFileMode mode) => SetMode(_handle, mode);

    public void SetModified(DateTimeOffset time) => SetModified(_handle, time);

    public static void SetMode(SafeFileHandle file, UnixFileMode mode) => Check(Libc.ChangeMode(file, (uint)mode), "its mode");

    public static void SetOwner(SafeFileHandle file, uint user, uint group)
        => Check(Libc.ChangeOwner(file, user, group), $"owner {user}:{group}");

    public static unsafe void SetModified(SafeFileHandle file, DateTimeOffset time)
    {
        Libc.TimeEntry* times = stackalloc Libc.TimeEntry[2];
        SetModified(times, time);
        Check(Libc.SetTimes(file, times), "its time");
    }

    /// <summary>Of the name itself, also where it is a link.</summary>
    public void SetOwner(string name, uint user, uint group)
        => Check(Libc.ChangeOwnerAt(_handle, name, user, group, Libc.LinkNoFollow), $"owner {user}:{group}");

    /// <summary>Of the name itself, also where it is a link.</summary>
    public unsafe void SetModified(string name, DateTimeOffset time)
    {
        Libc.TimeEntry* times = stackalloc Libc.TimeEntry[2];
        SetModified(times, time);
        Check(Libc.SetTimesAt(_handle, name, times, Libc.LinkNoFollow), name);
    }

    public void Dispose() => _handle.Dispose();

    // The first is the time of the last access.
    private static unsafe void SetModified(Libc.TimeEntry* times, DateTimeOffset time)
    {
        times[0].Nanoseconds = Libc.TimeOmitted;
        times[1].Seconds = time.ToUnixTimeSeconds();
        times[1].Nanoseconds = time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
    }

    private static void Check(int result, string name)
    {
        if (result != 0)
        {
            throw LastError(name);
        }
    }

    private static IOException LastError(string name)
    {
        int errno = Marshal.GetLastPInvokeError();
        return new IOException($"{name}: {Marshal.GetPInvokeErrorMessage(errno)}", errno);
    }

    private static IOException TooDeep(string name) => new($"{name}: too many directories in each other", Libc.TooManyLinks);

    private void DeleteTree(string name, int depth)
    {
        if (depth == 0)
        {
            throw TooDeep(name);
        }

        using (DirectoryHandle tree = OpenDirectory(name))
        {
            foreach (string inside in tree.Names())
            {
                if (tree.Look(inside) is { IsDirectory: true })
                {
                    tree.DeleteTree(inside, depth - 1);
                }
                else
                {
                    tree.Delete(inside);
                }
            }
        }

        Check(Libc.UnlinkAt(_handle, name, Libc.RemoveDirectoryFlag), name);
    }

    private SafeFileHandle OpenAt(string name, int flags, int mode) => TryOpenAt(name, flags, mode) ?? throw LastError(name);

    private SafeFileHandle? TryOpenAt(string name, int flags, int mode)
    {
        int fd = Libc.OpenAt(_handle, name, flags | Libc.OpenNoFollow | Libc.OpenCloseOnExec, mode);
        return fd >= 0 ? new SafeFileHandle(fd, ownsHandle: true) : null;
    }

    private static bool IsOnlyName(SafeFileHandle file)
        => Posix.OwnerAt((int)file.DangerousGetHandle(), "") is { IsRegular: true, Names: 1 };
}
