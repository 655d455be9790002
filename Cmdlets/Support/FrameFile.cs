using MesosDocker.Io;

namespace MesosDocker.Commands;

/// <summary>Frames that were kept in a file.</summary>
internal static class FrameFile
{
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>, <see cref="Fault.FrameTruncated"/>,
    /// <see cref="Fault.FrameTooLarge"/>.</exception>
    public static byte[] ReadOne(string path)
    {
        using MemoryStream content = Open(path);
        byte[] message = Frames.Read(content) ?? throw new MesosDockerException(Fault.FrameTruncated, $"There is no frame in '{path}'; it is empty.");
        return content.Position == content.Length
            ? message
            : throw new MesosDockerException(Fault.MessageInvalid, $"In '{path}' there is more than one frame, or no frame at all.");
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>, <see cref="Fault.FrameTooLarge"/>.</exception>
    public static MemoryStream Open(string path)
    {
        try
        {
            return new FileInfo(path).Length <= Frames.MaxLength + sizeof(uint)
                ? new MemoryStream(File.ReadAllBytes(path))
                : throw new MesosDockerException(Fault.FrameTooLarge, $"'{path}' is larger than a frame may be, {Frames.MaxLength} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MesosDockerException(Fault.FileUnreadable, $"'{path}' cannot be read: {e.Message}", e);
        }
    }
}
