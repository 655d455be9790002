using System.Runtime.InteropServices;

namespace MesosDocker.Io;

/// <summary>Directories that only their owner may enter.</summary>
internal static class PrivateDirectory
{
    private const uint OwnerOnly = 0x1c0;
    private const int Exists = 17;

    /// <summary>Makes it; what is missing above it is made as any directory is, for others may come to have something there.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public static void Ensure(string path)
    {
        if (!Directory.Exists(path))
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw AtomicFile.Failure(path, e);
            }

            TryMake(path);
        }
    }

    /// <summary>False if something of that name is there already; of two callers at once, one gets true.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public static bool TryMake(string path)
    {
        // Directory.CreateDirectory does not tell whether it made one; mkdir does.
        if (Libc.MakeDirectory(path, OwnerOnly) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            Exists => false,
            Libc.NoSpace => throw new MesosDockerException(Fault.DiskFull, $"The disk of '{path}' is full."),
            _ => throw new MesosDockerException(Fault.StateUnusable, $"'{path}' cannot be made: {Posix.DescribeLastError()}."),
        };
    }
}
