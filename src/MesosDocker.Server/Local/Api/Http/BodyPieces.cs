using System.Buffers;

namespace MesosDocker.Local;

/// <summary>
/// What has arrived of a body, in pieces that are lent. One buffer that grows would leave as much again behind, for each of a thousand clients.
/// </summary>
internal sealed class BodyPieces : IDisposable
{
    private const int PieceBytes = 32 * 1024;

    private readonly List<byte[]> _pieces = [];
    private int _free;

    public long Length { get; private set; }

    public ReadOnlySequence<byte> All
    {
        get
        {
            if (_pieces.Count == 0)
            {
                return ReadOnlySequence<byte>.Empty;
            }

            var first = new Piece(_pieces[0], 0);
            Piece last = first;
            foreach (byte[] bytes in _pieces.Skip(1))
            {
                last = last.Append(bytes);
            }

            return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length - _free);
        }
    }

    public void Add(ReadOnlySequence<byte> arrived)
    {
        Length += arrived.Length;
        while (!arrived.IsEmpty)
        {
            if (_free == 0)
            {
                _pieces.Add(ArrayPool<byte>.Shared.Rent(PieceBytes));
                _free = _pieces[^1].Length;
            }

            int count = (int)Math.Min(_free, arrived.Length);
            arrived.Slice(0, count).CopyTo(_pieces[^1].AsSpan(_pieces[^1].Length - _free));
            _free -= count;
            arrived = arrived.Slice(count);
        }
    }

    public void Dispose()
    {
        _pieces.ForEach(static bytes => ArrayPool<byte>.Shared.Return(bytes));
        _pieces.Clear();
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, long index)
        {
            Memory = bytes;
            RunningIndex = index;
        }

        public Piece Append(byte[] bytes)
        {
            var next = new Piece(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
