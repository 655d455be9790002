using System.Globalization;

namespace MesosDocker.Mesos;

/// <summary>
/// The RecordIO stream of Mesos's HTTP APIs (docs/scheduler-http-api.md): a record's length in decimal digits, a newline, the record.
/// </summary>
internal sealed class RecordReader(Stream stream)
{
    private const int MaxRecord = 16 * 1024 * 1024;
    private const int MaxDigits = 20;

    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <returns>The record, or null when the stream ended between records.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.FrameTruncated"/>, <see cref="Fault.FrameTooLarge"/>,
    /// <see cref="Fault.MessageInvalid"/>.</exception>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await ReadLengthAsync(cancellationToken).ConfigureAwait(false) is not { } length)
        {
            return null;
        }

        byte[] record = new byte[length];
        int have = Math.Min(length, _end - _start);
        _buffer.AsSpan(_start, have).CopyTo(record);
        _start += have;
        int read = await stream.ReadAtLeastAsync(record.AsMemory(have), length - have, throwOnEndOfStream: false, cancellationToken)
            .ConfigureAwait(false);
        return have + read == length
            ? record
            : throw new MesosDockerException(Fault.FrameTruncated, $"The agent's stream ended {have + read} bytes into a record of {length}.");
    }

    private async Task<int?> ReadLengthAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int newline = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                int length = ParseLength(_buffer.AsSpan(_start, newline));
                _start += newline + 1;
                return length;
            }

            if (_end - _start > MaxDigits)
            {
                throw NotALength();
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return _end == 0
                    ? null
                    : throw new MesosDockerException(Fault.FrameTruncated, "The agent's stream ended in the length of a record.");
            }

            _end += read;
        }
    }

    private static int ParseLength(ReadOnlySpan<byte> digits)
    {
        if (!ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong length) || length == 0)
        {
            throw NotALength();
        }

        return length <= MaxRecord
            ? (int)length
            : throw new MesosDockerException(Fault.FrameTooLarge, $"The agent announces a record of {length} bytes; the limit is {MaxRecord}.");
    }

    private static MesosDockerException NotALength()
        => new(Fault.MessageInvalid, "The agent's stream is not in RecordIO format: no length before a record.");
}
