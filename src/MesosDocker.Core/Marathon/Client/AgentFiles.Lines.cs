using System.Runtime.CompilerServices;

namespace MesosDocker.Marathon;

/// <summary>Which lines of a file are wanted.</summary>
public sealed record LineQuery
{
    /// <summary>Only so many of the last lines there are; null: all.</summary>
    public int? Tail { get; init; }

    /// <summary>And what is written from then on, until cancelled; a file that is not there yet is waited for.</summary>
    public bool Follow { get; init; }

    /// <summary>Between two looks.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>When following: asked each time that nothing is new; once it says true, and still nothing is new, it is over.</summary>
    public Func<CancellationToken, ValueTask<bool>>? IsOver { get; init; }
}

public sealed partial class AgentFiles
{
    /// <summary>How far back the last lines are looked for.</summary>
    private const long LongestTail = 16 << 20;

    /// <summary>
    /// The lines of a file, without their ends. A file that begins anew, because it was rotated, is read from its beginning.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>: there is no such file.</exception>
    public async IAsyncEnumerable<string> ReadLinesAsync(
        string path, LineQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineSplitter();
        long? offset = await BeginAsync(path, query, cancellationToken).ConfigureAwait(false);
        bool isOver = false;
        while (true)
        {
            AgentPiece? piece = await ReadAsync(path, offset ?? 0, cancellationToken).ConfigureAwait(false);
            if (piece is null && !query.Follow)
            {
                throw new MesosDockerException(Fault.FileUnreadable, $"There is no file '{path}' on the agent at {Connection.Address}.");
            }

            if (piece is { Data.Length: > 0 })
            {
                if (piece.Offset != (offset ?? 0))
                {
                    throw new MesosDockerException(
                        Fault.AgentRejected,
                        $"The Mesos agent at {Connection.Address} gives another part of '{path}' than it was asked for.");
                }

                isOver = false;
                offset = piece.End;
                foreach (string line in lines.Read(piece.Data.Span))
                {
                    yield return line;
                }

                continue;
            }

            if (piece is not null && piece.Offset < offset)
            {
                offset = 0;
                continue;
            }

            if (!query.Follow || isOver)
            {
                break;
            }

            isOver = query.IsOver is { } ask && await ask(cancellationToken).ConfigureAwait(false);
            await Task.Delay(isOver ? TimeSpan.Zero : query.Poll, cancellationToken).ConfigureAwait(false);
        }

        if (lines.Rest() is { } rest)
        {
            yield return rest;
        }
    }

    private async Task<long?> BeginAsync(string path, LineQuery query, CancellationToken cancellationToken)
    {
        if (query.Tail is not { } tail || await LengthAsync(path, cancellationToken).ConfigureAwait(false) is not { } end)
        {
            return 0;
        }

        // One more, because the last line usually has an end.
        int ends = 0;
        for (long at = end; at > 0 && end - at < LongestTail;)
        {
            long from = Math.Max(0, at - LongestPiece);
            if (await ReadAsync(path, from, cancellationToken).ConfigureAwait(false) is not { Data.Length: > 0 } piece)
            {
                return 0;
            }

            ReadOnlyMemory<byte> data = piece.Data[..(int)Math.Min(piece.Data.Length, at - from)];
            for (int i = data.Length - 1; i >= 0; i--)
            {
                bool isEndOfLast = from + i == end - 1;
                if (data.Span[i] == '\n' && !isEndOfLast && ++ends == tail)
                {
                    return from + i + 1;
                }
            }

            at = from;
        }

        return tail == 0 ? end : Math.Max(0, end - LongestTail);
    }
}
