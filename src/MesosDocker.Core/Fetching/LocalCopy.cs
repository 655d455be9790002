using System.Runtime.InteropServices;
using MesosDocker.Io;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Fetching;

/// <summary>
/// Copies a file of this machine, as the task's user: what he may not read himself, his task may not fetch either.
/// </summary>
internal static class LocalCopy
{
    private const UnixFileMode Kept = (UnixFileMode)0b111_101_101;
    private const int SmallStack = 256 * 1024;

    /// <returns>The mode of the copy: that of the file, less what others than its owner may write.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.FetchFailed"/>, <see cref="Fault.DiskFull"/>.</exception>
    public static async Task<UnixFileMode> GetAsync(
        FetchItem item, SandboxOwner? owner, SafeFileHandle to, FetchRun run, CancellationToken cancellationToken)
    {
        using SafeFileHandle from = Open(item, owner, out FileOwner found);
        try
        {
            // The length is what it is now: files of /proc have none, and a log may grow meanwhile.
            using var stream = new FileStream(from, FileAccess.Read, bufferSize: 0);
            long? length = stream.Length is > 0 and var known ? known : null;
            await Transfer.CopyAsync(item, stream, to, length, run, cancellationToken).ConfigureAwait(false);
            return (UnixFileMode)found.Mode & Kept;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw item.Failed($"reading it failed: {e.Message}", e);
        }
    }

    private static SafeFileHandle Open(FetchItem item, SandboxOwner? owner, out FileOwner found)
    {
        (int fd, int errno) = owner is { User: not 0 } && Posix.IsRoot ? OpenAs(owner, item.Address) : Open(item.Address);
        if (fd < 0)
        {
            string user = owner is null ? "" : $" as user {owner.Name ?? $"{owner.User}"}";
            throw item.Failed($"it cannot be opened{user}: {Marshal.GetPInvokeErrorMessage(errno)}");
        }

        var file = new SafeFileHandle(fd, ownsHandle: true);
        found = Posix.OwnerAt(fd, "") ?? default;
        if (found.IsRegular)
        {
            return file;
        }

        file.Dispose();
        throw item.Failed("it is not a file; a directory is fetched as an archive");
    }

    // Not blocking: opening a fifo would wait for a writer.
    private static (int Fd, int Errno) Open(string path)
    {
        const int Flags = Libc.OpenReadOnly | Libc.OpenNonBlocking | Libc.OpenNoControllingTerminal | Libc.OpenCloseOnExec;
        int fd = Libc.Open(path, Flags, 0);
        return (fd, fd < 0 ? Marshal.GetLastPInvokeError() : 0);
    }

    /// <summary>
    /// Linux keeps the identity that files are opened with per thread, so a thread takes the user's and ends with it. Mesos 1.0
    /// opens local files as the user too. Groups beside his own are not his here.
    /// </summary>
    private static (int Fd, int Errno) OpenAs(SandboxOwner owner, string path)
    {
        (int, int) result = (-1, Libc.NotPermitted);
        var thread = new Thread(() => result = BecomeUser(owner) ? Open(path) : result, SmallStack);
        thread.Start();
        thread.Join();
        return result;
    }

    private static bool BecomeUser(SandboxOwner owner)
    {
        bool groupsGone = Libc.SystemCall(Libc.SetGroupsNumber, 0, 0, 0, 0) == 0;
        _ = Libc.SetFileSystemGroup(owner.Group);
        _ = Libc.SetFileSystemUser(owner.User);

        // A number that nobody has changes nothing; the answer is what is set.
        return groupsGone
            && Libc.SetFileSystemGroup(uint.MaxValue) == (int)owner.Group
            && Libc.SetFileSystemUser(uint.MaxValue) == (int)owner.User;
    }
}
