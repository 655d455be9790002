namespace MesosDocker.Io;

/// <summary>
/// Files that are whole at every moment: written beside their place, under a name that starts with a dot, then renamed into it. Several
/// may write one at once; the last holds.
/// </summary>
internal static class AtomicFile
{
    private const int LinuxNoSpace = Libc.NoSpace;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <exception cref="MesosDockerException"><see cref="Fault.DiskFull"/>; <see cref="Fault.StateUnusable"/> for any other failure.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content) => Write(path, content, like: null, durable: false);

    /// <param name="like">Whose owner and permissions it gets; null: only its owner may read and write it.</param>
    /// <param name="durable">It is on the disk before it is renamed, so that a machine that loses power has it or the one before.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DiskFull"/>; <see cref="Fault.StateUnusable"/> for any other failure.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, FileOwner? like, bool durable)
    {
        string beside = durable ? Beside(path) : Beside($"{path}.{Guid.NewGuid():N}");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(beside, options))
            {
                file.Write(content);
                if (durable)
                {
                    file.Flush(flushToDisk: true);
                }
            }

            if (like is { } other)
            {
                Posix.Resemble(beside, other);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(beside);
            throw Failure(path, e);
        }
    }

    /// <summary>Where a durable file, which has one writer at a time, is before it is renamed; found there, it is what an interrupted one left.</summary>
    public static string Beside(string path) => Path.Combine(Path.GetDirectoryName(path) ?? "", $".{Path.GetFileName(path)}.new");

    /// <summary>Null if there is no such file, or nothing in it: a machine that lost power may leave an empty one.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public static byte[]? Read(string path)
    {
        try
        {
            byte[] content = File.ReadAllBytes(path);
            return content.Length == 0 ? null : content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(path, e);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // On a disk that cannot be written, there is nothing.
        }
    }

    public static bool IsDiskFull(Exception e) => e is IOException && e.HResult is LinuxNoSpace or WindowsDiskFull;

    public static MesosDockerException Failure(string path, Exception cause) => IsDiskFull(cause)
        ? new MesosDockerException(Fault.DiskFull, $"The disk of '{path}' is full.", cause)
        : new MesosDockerException(Fault.StateUnusable, $"'{path}' cannot be used: {cause.Message}", cause);
}
