using System.Buffers;
using System.Text;

namespace MesosDocker.Marathon;

/// <summary>One event as it came.</summary>
/// <param name="Type">Null: it was not said.</param>
internal readonly record struct RawEvent(string? Type, byte[] Data);

/// <summary>
/// Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html, 9.2.6) out of pieces of any length. What is longer
/// than the limit is left out, and never held.
/// </summary>
internal sealed class EventParser(int limit)
{
    private const byte CarriageReturn = (byte)'\r';
    private const byte LineFeed = (byte)'\n';

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly ArrayBufferWriter<byte> _data = new();
    private string? _type;
    private bool _hasData;
    private bool _isTooLong;
    private bool _isInLine;
    private bool _afterReturn;
    private bool _hasBegun;

    /// <returns>The events that end in this piece.</returns>
    public List<RawEvent> Read(ReadOnlySpan<byte> piece)
    {
        List<RawEvent> events = [];
        while (!piece.IsEmpty)
        {
            if (_afterReturn && piece[0] == LineFeed)
            {
                piece = piece[1..];
                _afterReturn = false;
                continue;
            }

            _afterReturn = false;
            int end = piece.IndexOfAny(CarriageReturn, LineFeed);
            Append(_line, end < 0 ? piece : piece[..end]);
            _isInLine |= end != 0;
            if (end < 0)
            {
                break;
            }

            _afterReturn = piece[end] == CarriageReturn;
            piece = piece[(end + 1)..];
            if (EndLine() is { } whole)
            {
                events.Add(whole);
            }
        }

        return events;
    }

    private void Append(ArrayBufferWriter<byte> to, ReadOnlySpan<byte> bytes)
    {
        if (to.WrittenCount + bytes.Length > limit)
        {
            _isTooLong = true;
        }
        else if (!_isTooLong)
        {
            to.Write(bytes);
        }
    }

    private RawEvent? EndLine()
    {
        ReadOnlySpan<byte> line = _line.WrittenSpan;
        if (!_hasBegun && line.StartsWith("\uFEFF"u8))
        {
            line = line["\uFEFF"u8.Length..];
        }

        bool isBlank = line.IsEmpty && !(_isTooLong && _isInLine);
        (_hasBegun, _isInLine) = (true, false);
        if (!isBlank && !_isTooLong)
        {
            Take(line);
        }

        _line.ResetWrittenCount();
        return isBlank ? Dispatch() : null;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? line : line[..colon];
        ReadOnlySpan<byte> value = colon < 0 ? [] : line[(colon + 1)..];
        value = value.StartsWith(" "u8) ? value[1..] : value;
        if (name.SequenceEqual("data"u8))
        {
            if (_hasData)
            {
                Append(_data, "\n"u8);
            }

            Append(_data, value);
            _hasData = true;
        }
        else if (name.SequenceEqual("event"u8))
        {
            _type = Encoding.UTF8.GetString(value);
        }
    }

    private RawEvent? Dispatch()
    {
        RawEvent? whole = _hasData && !_isTooLong ? new RawEvent(_type, _data.WrittenSpan.ToArray()) : null;
        _data.ResetWrittenCount();
        (_type, _hasData, _isTooLong) = (null, false, false);
        return whole;
    }
}
