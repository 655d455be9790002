using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>
/// Copies what a container writes into its sandbox: from the engine's live stream, and, where that broke or a supervisor took over,
/// from the engine's own log, going on at the byte that is next.
/// </summary>
internal sealed class OutputCopier(RotatingFile output, RotatingFile error, CopiedBytes copied, Log log)
{
    private bool _complained;

    /// <summary>Copies a live stream to its end.</summary>
    /// <returns>False if it broke off.</returns>
    public Task<bool> CopyAsync(ContainerOutput stream, CancellationToken cancellationToken)
        => CopyAsync(stream, skipOutput: 0, skipError: 0, cancellationToken);

    /// <summary>Copies the engine's log, from its beginning, without what is in the sandbox already.</summary>
    /// <returns>False if it broke off.</returns>
    public Task<bool> CatchUpAsync(ContainerOutput fromTheBeginning, CancellationToken cancellationToken)
        => CopyAsync(fromTheBeginning, copied.Output, copied.Error, cancellationToken);

    private async Task<bool> CopyAsync(ContainerOutput stream, long skipOutput, long skipError, CancellationToken cancellationToken)
    {
        try
        {
            while (await stream.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
            {
                ReadOnlyMemory<byte> rest = chunk.Kind == StreamKind.Error
                    ? Skip(chunk.Bytes, ref skipError)
                    : Skip(chunk.Bytes, ref skipOutput);
                if (!rest.IsEmpty)
                {
                    Write(chunk.Kind, rest.Span);
                }
            }

            return true;
        }
        catch (MesosDockerException e)
        {
            log.Info(e.Message);
            return false;
        }
    }

    private void Write(StreamKind kind, ReadOnlySpan<byte> bytes)
    {
        try
        {
            (kind == StreamKind.Error ? error : output).Write(bytes);
        }
        catch (MesosDockerException e)
        {
            // A full or missing sandbox: the container must not stand still for it, so the piece is dropped.
            Complain(e.Message);
        }

        copied.Add(kind == StreamKind.Output ? bytes.Length : 0, kind == StreamKind.Error ? bytes.Length : 0);
    }

    private void Complain(string message)
    {
        if (!_complained)
        {
            _complained = true;
            log.Warning($"Output of the container is lost: {message}");
        }
    }

    private static ReadOnlyMemory<byte> Skip(ReadOnlyMemory<byte> bytes, ref long skip)
    {
        int part = (int)Math.Min(skip, bytes.Length);
        skip -= part;
        return bytes[part..];
    }
}
