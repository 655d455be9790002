namespace MesosDocker.Docker;

/// <summary>
/// Objects one after the other, as pulls and events send them. Where one object ends is found by its brackets alone: neither the
/// pieces in which bytes arrive nor the line breaks between objects (or their absence) mean anything.
/// </summary>
internal sealed class JsonSequence(EngineReply source, int longest)
{
    private const int FirstSize = 4096;

    private byte[] _buffer = new byte[FirstSize];
    private int _start;
    private int _end;

    /// <returns>The next object, valid until the next call; null at the end.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.EngineAnswerInvalid"/>: something else than objects, half of one
    /// at the end, or one that is too long; and what <see cref="EngineReply.ReadAsync"/> throws.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        SkipBlanks();
        var scan = new Scan();
        int scanned = _start;
        while (true)
        {
            for (; scanned < _end; scanned++)
            {
                if (!scan.Take(_buffer[scanned]))
                {
                    continue;
                }

                if (scan.IsBroken)
                {
                    throw Invalid("it is not JSON");
                }

                int length = scanned + 1 - _start;
                ReadOnlyMemory<byte> found = _buffer.AsMemory(_start, length);
                _start += length;
                return found;
            }

            scanned -= MakeRoom();
            int read = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return _start == _end ? null : throw Invalid("it ends within an object");
            }

            _end += read;
            if (scanned == _start)
            {
                SkipBlanks();
                scanned = _start;
            }
        }
    }

    private void SkipBlanks()
    {
        while (_start < _end && _buffer[_start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _start++;
        }
    }

    /// <returns>By how much everything moved towards the front.</returns>
    private int MakeRoom()
    {
        int moved = 0;
        if (_start > 0)
        {
            moved = _start;
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= moved;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= longest)
            {
                throw Invalid($"an object in it has more than {longest} bytes");
            }

            Array.Resize(ref _buffer, Math.Min(_buffer.Length * 2, longest));
        }

        return moved;
    }

    private MesosDockerException Invalid(string why) => EngineFailure.Invalid(source.Endpoint, source.Action, why);

    /// <summary>Brackets and strings of one object, byte by byte.</summary>
    private struct Scan
    {
        private int _depth;
        private bool _inString;
        private bool _escaped;

        public bool IsBroken { get; private set; }

        /// <returns>True at the object's last byte, and at the first that cannot be part of one.</returns>
        public bool Take(byte next)
        {
            if (_inString)
            {
                _inString = _escaped || next != '"';
                _escaped = !_escaped && next == '\\';
                return false;
            }

            switch (next)
            {
                case (byte)'{' or (byte)'[':
                    IsBroken = _depth == 0 && next != '{';
                    _depth++;
                    return IsBroken;
                case (byte)'}' or (byte)']':
                    _depth--;
                    IsBroken = _depth < 0;
                    return _depth <= 0;
                case (byte)'"':
                    _inString = true;
                    break;
            }

            IsBroken = _depth == 0;
            return IsBroken;
        }
    }
}
