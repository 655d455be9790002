using System.Buffers.Text;

namespace MesosDocker.Pods;

/// <summary>
/// Takes the engine's times off the messages of its log (<c>2026-05-01T10:00:00.123456789Z text</c>) and remembers the last, so that a log that
/// broke off is read on from where it was.
/// </summary>
internal sealed class LogMoments
{
    // 2026-05-01T10:00:00.1234567 and the last two digits, which no clock of ours counts.
    private const int Counted = 27;
    private const int Uncounted = 2;
    private const int Longest = 40;

    private readonly byte[] _stamp = new byte[Longest];
    private int _length;
    private bool _inStamp;

    /// <summary>Null: nothing has been read.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <returns>The text in it.</returns>
    public ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> bytes, bool beginsMessage)
    {
        if (beginsMessage)
        {
            _inStamp = true;
            _length = 0;
        }

        if (!_inStamp)
        {
            return bytes;
        }

        int space = bytes.IndexOf((byte)' ');
        ReadOnlySpan<byte> part = space < 0 ? bytes : bytes[..space];
        int room = Math.Min(part.Length, Longest - _length);
        part[..room].CopyTo(_stamp.AsSpan(_length));
        _length += room;
        if (space < 0)
        {
            return [];
        }

        _inStamp = false;
        Note(_stamp.AsSpan(0, _length));
        return bytes[(space + 1)..];
    }

    private void Note(ReadOnlySpan<byte> stamp)
    {
        if (stamp.Length <= Counted + Uncounted || stamp[Counted..(Counted + Uncounted)].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return;
        }

        Span<byte> shorter = stackalloc byte[Longest];
        stamp[..Counted].CopyTo(shorter);
        ReadOnlySpan<byte> zone = stamp[(Counted + Uncounted)..];
        zone.CopyTo(shorter[Counted..]);
        if (Utf8Parser.TryParse(shorter[..(Counted + zone.Length)], out DateTimeOffset moment, out _, 'O') && !(moment < Last))
        {
            Last = moment;
        }
    }
}
