using System.Buffers.Binary;
using System.Text;

namespace MesosDocker.Docker;

/// <summary>Where a container wrote.</summary>
public enum StreamKind
{
    Output = 1,
    Error = 2,
}

/// <param name="Bytes">Valid until the next read.</param>
/// <param name="BeginsFrame">With it a frame begins; in the engine's log, a message of its own.</param>
public readonly record struct OutputChunk(StreamKind Kind, ReadOnlyMemory<byte> Bytes, bool BeginsFrame);

/// <summary>
/// What a container writes. Without a terminal the engine sends frames (docs.docker.com/reference/api/engine, "Stream format"):
/// <code>
/// byte   0        1 standard output, 2 standard error, 3 the engine's own complaint
/// bytes  1 to 3   zero
/// bytes  4 to 7   length, big-endian
/// </code>
/// With a terminal there is one stream and no frames. For one reader at a time.
/// </summary>
public sealed class ContainerOutput : IDisposable
{
    private const int BufferSize = 16 * 1024;
    private const int HeaderSize = 8;
    private const int ComplaintShown = 4096;
    private const byte InputKind = 0;
    private const byte ComplaintKind = 3;

    private readonly EngineReply _reply;
    private readonly bool _framed;
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _start;
    private int _end;
    private byte _kind;
    private uint _left;
    private bool _isFresh;

    internal ContainerOutput(EngineReply reply, bool framed)
    {
        _reply = reply;
        _framed = framed;
    }

    /// <returns>The next piece of a frame, as much as has come of it; null at the end.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.EngineAnswerInvalid"/>: a torn or impossible frame;
    /// <see cref="Fault.EngineRejected"/>: the engine says within the stream that it cannot go on;
    /// <see cref="Fault.EngineUnreachable"/>. </exception>
    public async ValueTask<OutputChunk?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(out OutputChunk chunk))
            {
                if (_kind == ComplaintKind)
                {
                    throw await ReadComplaintAsync(chunk, cancellationToken).ConfigureAwait(false);
                }

                return chunk;
            }

            // What is left is less than a header: the only bytes that are ever moved.
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            int read = await _reply.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return _end == 0 && _left == 0 ? null : throw Invalid("it ends within a frame");
            }

            _end += read;
        }
    }

    public void Dispose() => _reply.Dispose();

    private bool TryTake(out OutputChunk chunk)
    {
        while (_framed && _left == 0 && _end - _start >= HeaderSize)
        {
            TakeHeader();
        }

        int length = !_framed ? _end - _start : (int)Math.Min(_left, (uint)(_end - _start));
        StreamKind kind = _kind == (byte)StreamKind.Error ? StreamKind.Error : StreamKind.Output;
        chunk = new OutputChunk(kind, _buffer.AsMemory(_start, length), _isFresh);
        if (length == 0 || (_framed && _left == 0))
        {
            return false;
        }

        _isFresh = false;
        _start += length;
        _left -= _framed ? (uint)length : 0;
        return true;
    }

    private void TakeHeader()
    {
        ReadOnlySpan<byte> header = _buffer.AsSpan(_start, HeaderSize);
        if (header[0] > ComplaintKind || header[1..4].ContainsAnyExcept((byte)0))
        {
            throw Invalid("it is not in frames, as the output of a container without a terminal is");
        }

        _kind = header[0] == InputKind ? (byte)StreamKind.Output : header[0];
        _left = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        _isFresh = true;
        _start += HeaderSize;
    }

    private async Task<MesosDockerException> ReadComplaintAsync(OutputChunk first, CancellationToken cancellationToken)
    {
        var words = new StringBuilder(Encoding.UTF8.GetString(first.Bytes.Span));
        byte[] more = new byte[(int)Math.Min(_left, ComplaintShown)];
        int read = 0;
        while (read < more.Length
            && await _reply.ReadAsync(more.AsMemory(read), cancellationToken).ConfigureAwait(false) is > 0 and int got)
        {
            read += got;
        }

        words.Append(Encoding.UTF8.GetString(more, 0, read));
        return new MesosDockerException(
            Fault.EngineRejected,
            $"The Docker engine at {_reply.Endpoint} could not go on to {_reply.Action}: "
            + EngineWords.Sentence(EngineWords.Clean(words.ToString())));
    }

    private MesosDockerException Invalid(string why) => EngineFailure.Invalid(_reply.Endpoint, _reply.Action, why);
}
