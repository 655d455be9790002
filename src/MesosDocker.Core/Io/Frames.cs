using System.Buffers.Binary;

namespace MesosDocker.Io;

/// <summary>
/// The frames of the external containerizer protocol: a length of four bytes in the host's byte order, then the message. The agent
/// keeps the program's standard input open during the call, so exactly 4 + N bytes are read and never an end of file awaited.
/// </summary>
public static class Frames
{
    /// <summary>A launch with its environment and URIs is some kilobytes; the bound is against nonsense.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private const int HeaderSize = sizeof(uint);

    // Read in steps, so that a header that lies costs no memory before the bytes are there.
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

        using var message = new MemoryStream();
        byte[] buffer = new byte[Math.Min((int)length, Step)];
        while (message.Length < length)
        {
            int part = input.Read(buffer, 0, (int)Math.Min(buffer.Length, length - message.Length));
            if (part == 0)
            {
                throw Truncated(HeaderSize + message.Length, HeaderSize + length);
            }

            message.Write(buffer, 0, part);
        }

        return message.ToArray();
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
