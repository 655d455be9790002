using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Containerizer;

/// <summary>
/// How much of a container's output has reached the sandbox, on disk after every write, so that a supervisor that takes over goes on
/// at the right byte of the engine's log. A kill between the write and this note repeats one piece; nothing is ever lost.
/// </summary>
internal sealed class CopiedBytes : IDisposable
{
    /// <summary>On the disk; written over in place, so that a full one does not matter.</summary>
    public const int Size = 2 * sizeof(long);

    private readonly SafeFileHandle? _file;
    private readonly byte[] _buffer = new byte[Size];

    public CopiedBytes(string path)
    {
        try
        {
            _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (RandomAccess.Read(_file, _buffer, 0) == Size)
            {
                Output = BinaryPrimitives.ReadInt64LittleEndian(_buffer);
                Error = BinaryPrimitives.ReadInt64LittleEndian(_buffer.AsSpan(sizeof(long)));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full or read-only disk: output is copied all the same, and a later supervisor copies it again.
            _file = null;
        }
    }

    public long Output { get; private set; }

    public long Error { get; private set; }

    public long Sum => Output + Error;

    /// <summary>When output last reached the sandbox.</summary>
    public DateTimeOffset LastWrite => _file is null ? DateTimeOffset.UnixEpoch : new DateTimeOffset(File.GetLastWriteTimeUtc(_file));

    public void Add(long output, long error)
    {
        Output += output;
        Error += error;
        if (_file is null)
        {
            return;
        }

        BinaryPrimitives.WriteInt64LittleEndian(_buffer, Output);
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(sizeof(long)), Error);
        try
        {
            RandomAccess.Write(_file, _buffer, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }

    public void Dispose() => _file?.Dispose();
}
