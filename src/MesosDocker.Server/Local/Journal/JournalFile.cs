using System.Buffers.Binary;
using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>
/// A file of frames, each <c>magic, length, check sum, payload</c> in numbers of 32 bits, the lowest byte first. A frame is written with
/// one call and is on the disk before the next begins, so that only the last one can be torn.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const uint Magic = 0x314a444d;
    private const int HeaderSize = 12;

    private readonly FileStream _file;
    private readonly string _path;

    private JournalFile(string path, FileStream file)
    {
        _path = path;
        _file = file;
        Length = file.Length;
    }

    public long Length { get; private set; }

    /// <summary>Opens it for more; a torn frame at its end is cut off.</summary>
    /// <param name="length">What of it is whole.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public static JournalFile Open(string path, long length)
    {
        try
        {
            // Its directory is for its owner only, and so is it.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
            file.SetLength(length);
            file.Position = length;
            return new JournalFile(path, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(path, e);
        }
    }

    /// <returns>The payloads, and how much of the file is whole.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>: something is damaged that was whole once.</exception>
    public static (IReadOnlyList<ReadOnlyMemory<byte>> Payloads, int Length) Read(string path)
    {
        ReadOnlyMemory<byte> bytes = AtomicFile.Read(path) ?? [];
        List<ReadOnlyMemory<byte>> payloads = [];
        int at = 0;
        while (Frame(bytes[at..]) is { } payload)
        {
            payloads.Add(payload);
            at += HeaderSize + payload.Length;
        }

        for (int i = at + 1; i <= bytes.Length - HeaderSize; i++)
        {
            if (Frame(bytes[i..]) is not null)
            {
                throw new MesosDockerException(
                    Fault.StateUnusable,
                    $"'{path}' is damaged at byte {at}, and there is more behind it; bring back a copy of its directory, or remove it to begin anew.");
            }
        }

        return (payloads, at);
    }

    /// <summary>Returns when it is on the disk. After a failure the file is as it was.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DiskFull"/>, <see cref="Fault.StateUnusable"/>.</exception>
    public void Append(ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[HeaderSize + payload.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(frame.AsSpan(4), payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), Sum(payload));
        payload.CopyTo(frame.AsSpan(HeaderSize));
        try
        {
            // What an attempt before this one left, is not built on.
            _file.SetLength(Length);
            _file.Position = Length;
            _file.Write(frame);
            _file.Flush(flushToDisk: true);
            Length += frame.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(_path, e);
        }
    }

    public void Dispose() => _file.Dispose();

    private static ReadOnlyMemory<byte>? Frame(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> header = bytes.Span;
        if (header.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (length < 0 || length > header.Length - HeaderSize)
        {
            return null;
        }

        // Not "payload or null" in one expression: null would be an array that is not there, and so an empty payload.
        ReadOnlyMemory<byte> payload = bytes.Slice(HeaderSize, length);
        if (Sum(payload.Span) != BinaryPrimitives.ReadUInt32LittleEndian(header[8..]))
        {
            return null;
        }

        return payload;
    }

    private static uint Sum(ReadOnlySpan<byte> payload)
    {
        var sum = new Crc32();
        sum.Add(payload);
        return sum.Value;
    }
}
