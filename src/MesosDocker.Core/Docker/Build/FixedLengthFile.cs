using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>Reading a file failed, as against writing to the engine; both are an <see cref="IOException"/> otherwise.</summary>
internal sealed class FileReadException(Exception cause) : Exception(cause.Message, cause);

/// <summary>
/// A file with exactly the length it had when it was opened, as the header in front of it in an archive says: what is written to it meanwhile
/// is left out, and one that is cut short meanwhile fails.
/// </summary>
internal sealed class FixedLengthFile : ReadOnlyStream
{
    private readonly FileStream _file;
    private readonly long _length;
    private long _position;

    /// <exception cref="FileReadException"/>
    public FixedLengthFile(string path)
    {
        try
        {
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.Asynchronous);
            _length = _file.Length;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadException(e);
        }
    }

    // An archive asks for the length of what it can seek in, and never seeks.
    public override bool CanSeek => true;

    public override long Length => _length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(_file.Read(buffer[..Wanted(buffer.Length)]), buffer.Length);
        }
        catch (IOException e)
        {
            throw new FileReadException(e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await _file.ReadAsync(buffer[..Wanted(buffer.Length)], cancellationToken).ConfigureAwait(false), buffer.Length);
        }
        catch (IOException e)
        {
            throw new FileReadException(e);
        }
    }

    private int Wanted(int room) => (int)Math.Min(room, _length - _position);

    private int Count(int read, int room)
    {
        _position += read;
        return read > 0 || Wanted(room) == 0 ? read : throw new EndOfStreamException("It became shorter while it was read.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
