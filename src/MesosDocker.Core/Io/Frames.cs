using System.Buffers.Binary;

namespace MesosDocker.Io;

/// <summary>
/// The frames of the external containerizer protocol: a length of four bytes in the host's byte order, then the message. The agent
/// keeps the program's standard input open during the call, so exactly 4 + N bytes are read and never an end of file awaited.
/// </summary>
public static class Frames
{
    /// <summary>A launch with its environment and URIs is some kilobytes; the bound is against nonsense, and keeps the memory that a
    /// message takes with all that is made of it below 64 MB.</summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private const int HeaderSize = sizeof(uint);

    // The beginning, so that a header that lies costs no memory before the bytes are there.
    private const int Step = 64 * 1024;

    /// <returns>The message, or null when the peer closed before a first byte.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.FrameTruncated"/>, <see cref="Fault.FrameTooLarge"/>.</exception>
    public static byte[]? Read(Stream input)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        int read = input.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false);
        if (read == 0)
        {
            return null;
        }

        if (read < HeaderSize)
        {
            throw Truncated(read, HeaderSize);
        }

        uint length = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(header)
            : BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length > MaxLength)
        {
            throw new MesosDockerException(
                Fault.FrameTooLarge, $"A frame of {length} bytes is announced; the limit is {MaxLength}.");
        }

        return ReadMessage(input, (int)length);
    }

    // What has come doubles the room for what may come, up to the length, and is not copied again at the end.
    private static byte[] ReadMessage(Stream input, int length)
    {
        byte[] message = new byte[Math.Min(length, Step)];
        int got = 0;
        while (got < length)
        {
            if (got == message.Length)
            {
                Array.Resize(ref message, Math.Min(length, message.Length * 2));
            }

            int part = input.Read(message, got, message.Length - got);
            if (part == 0)
            {
                throw Truncated(HeaderSize + got, HeaderSize + (long)length);
            }

            got += part;
        }

        return message;
    }

    /// <summary>Header and message in one write, so that a reader never sees half a header.</summary>
    public static void Write(Stream output, ReadOnlySpan<byte> message)
    {
        byte[] frame = new byte[HeaderSize + message.Length];
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)message.Length);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(frame, (uint)message.Length);
        }

        message.CopyTo(frame.AsSpan(HeaderSize));
        output.Write(frame);
        output.Flush();
    }

    private static MesosDockerException Truncated(long got, long wanted)
        => new(Fault.FrameTruncated, $"The input ended after {got} of a frame's {wanted} bytes.");
}
