using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>
/// Copies what one container writes, over all its starts: from the engine's log, by which nothing is missed however late it is looked at, or, where
/// that cannot be read, live.
/// </summary>
internal sealed class ContainerFollower(
    DockerEngine engine, PodContainer container, LabelledLines output, LabelledLines error, Log log)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly LogMoments _outputMoments = new();
    private readonly LogMoments _errorMoments = new();
    private readonly OutputOptions _streams = new() { Tty = container.HasTerminal };
    private DateTimeOffset? _since;
    private bool _isUnreadable;

    /// <summary>The start whose output is, or was last, copied.</summary>
    private DateTimeOffset? _started;

    public Task Copying { get; private set; } = Task.CompletedTask;

    /// <summary>It runs, or has run; what is not being copied is, from now on.</summary>
    public void See(PodContainer now, CancellationToken cancellationToken)
    {
        if (Copying.IsCompleted && now.State.StartedAt is { } started && started != _started)
        {
            _started = started;
            Copying = CopyAsync(cancellationToken);
        }
    }

    private async Task CopyAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using ContainerOutput stream = await OpenAsync(cancellationToken).ConfigureAwait(false);
                await CopyAsync(stream, cancellationToken).ConfigureAwait(false);
                output.Flush();
                error.Flush();
                return;
            }
            catch (MesosDockerException e) when (e.Fault == Fault.ContainerNotFound)
            {
                return;
            }
            catch (MesosDockerException e) when (e.Fault == Fault.EngineRejected && !_isUnreadable)
            {
                log.Info($"The log of the container '{container.Name}' cannot be read: {e.Message} Its output is copied live.");
                _isUnreadable = true;
            }
            catch (MesosDockerException e)
            {
                log.Info($"{e.Message} Following '{container.Name}' again.");
                await Task.Delay(s_pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task<ContainerOutput> OpenAsync(CancellationToken cancellationToken)
    {
        if (_isUnreadable)
        {
            return engine.AttachAsync(container.Id, _streams, logs: false, cancellationToken);
        }

        var options = new LogOptions { Streams = _streams, Follow = true, Since = _since, Timestamps = !container.HasTerminal };
        return engine.LogsAsync(container.Id, options, cancellationToken);
    }

    private async Task CopyAsync(ContainerOutput stream, CancellationToken cancellationToken)
    {
        bool stamped = !_isUnreadable && !container.HasTerminal;
        while (await stream.ReadAsync(cancellationToken).ConfigureAwait(false) is { } chunk)
        {
            bool isError = chunk.Kind == StreamKind.Error;
            LogMoments moments = isError ? _errorMoments : _outputMoments;
            ReadOnlyMemory<byte> text = chunk.Bytes;
            (isError ? error : output).Write(stamped ? moments.Strip(text.Span, chunk.BeginsFrame) : text.Span);
            _since = stamped ? Later(_outputMoments.Last, _errorMoments.Last) : _since;
        }

        // A terminal's bytes have no times; nothing of this start comes again.
        _since = stamped ? _since : DateTimeOffset.UtcNow;
    }

    /// <summary>The next moment after both, as fine as ours are.</summary>
    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other)
        => (one > other || other is null ? one : other)?.AddTicks(1);
}
