using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Io;

/// <summary>Pipes whose ends no child gets by mistake.</summary>
internal static class PosixPipe
{
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramFailed"/></exception>
    public static unsafe (SafeFileHandle Read, SafeFileHandle Write) Make()
    {
        int* ends = stackalloc int[2];
        return Libc.Pipe(ends, Libc.OpenCloseOnExec) == 0
            ? (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true))
            : throw new MesosDockerException(Fault.ProgramFailed, $"No pipe can be made: {Posix.DescribeLastError()}.");
    }

    /// <summary>Writes to the end of a pipe, and closes it.</summary>
    /// <exception cref="IOException">Nobody has the other end any more.</exception>
    public static void WriteAndClose(SafeFileHandle end, ReadOnlySpan<byte> bytes)
    {
        using var stream = new FileStream(end, FileAccess.Write, bufferSize: 0);
        stream.Write(bytes);
    }

    public static int Number(this SafeFileHandle file) => (int)file.DangerousGetHandle();
}
