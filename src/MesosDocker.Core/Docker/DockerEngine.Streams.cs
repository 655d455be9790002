using System.Globalization;
using System.Runtime.CompilerServices;

namespace MesosDocker.Docker;

/// <summary>Which output, and from when on.</summary>
public sealed record OutputOptions
{
    public bool Output { get; init; } = true;

    public bool Error { get; init; } = true;

    /// <summary>The container has a terminal (<see cref="ContainerSpec.Tty"/>): one stream, not in frames. Newer engines say so
    /// themselves where they can; older ones do not.</summary>
    public required bool Tty { get; init; }
}

/// <summary>Which part of what the engine has kept.</summary>
public sealed record LogOptions
{
    public required OutputOptions Streams { get; init; }

    /// <summary>Goes on until the container ends.</summary>
    public bool Follow { get; init; }

    /// <summary>Only what was written then or later; exact to the nanosecond.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Lines from the end; null: all.</summary>
    public int? Tail { get; init; }

    /// <summary>Each line begins with its time, as <c>2024-05-01T10:00:00.123456789Z</c> and a space.</summary>
    public bool Timestamps { get; init; }
}

public sealed partial class DockerEngine
{
    private static readonly ApiVersion s_waitsWithConditions = new(1, 30);

    /// <summary>Listens to a container. Returns once the engine is listening: attached before the start, not a byte is missed.
    /// Ends with the container; whether the engine went away instead can only be told by asking for the container.</summary>
    /// <param name="logs">What was written before comes first, if the container's log driver can be read.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerNotFound"/>; <see cref="Fault.EngineConflict"/>: it is
    /// paused or restarting.</exception>
    public async Task<ContainerOutput> AttachAsync(
        string container, OutputOptions options, bool logs, CancellationToken cancellationToken)
    {
        RequestPath path = RequestPath.OfContainer(container, "attach")
            .With("stream", true)
            .With("stdout", options.Output)
            .With("stderr", options.Error)
            .With("logs", logs);
        EngineRequest request = OfContainer(HttpMethod.Post, path, container, "listen to") with { Limit = _timeouts.Quick };
        return Framed(await OpenAsync(request, cancellationToken).ConfigureAwait(false), options.Tty);
    }

    /// <summary>What the engine has kept of a container's output.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerNotFound"/>; <see cref="Fault.EngineRejected"/>: its log
    /// driver keeps nothing that can be read.</exception>
    public async Task<ContainerOutput> LogsAsync(string container, LogOptions options, CancellationToken cancellationToken)
    {
        RequestPath path = RequestPath.OfContainer(container, "logs")
            .With("stdout", options.Streams.Output)
            .With("stderr", options.Streams.Error)
            .With("follow", options.Follow)
            .With("since", options.Since is { } since ? Seconds(since) : null)
            .With("tail", options.Tail?.ToString(CultureInfo.InvariantCulture))
            .With("timestamps", options.Timestamps);
        EngineRequest request = OfContainer(HttpMethod.Get, path, container, "read the output of") with
        {
            Limit = _timeouts.Quick,
        };
        return Framed(await OpenAsync(request, cancellationToken).ConfigureAwait(false), options.Streams.Tty);
    }

    /// <summary>Returns once the engine has begun to watch, so that whatever is done after this is seen.</summary>
    public async Task<EngineEvents> BeginEventsAsync(EventFilter filter, CancellationToken cancellationToken)
    {
        RequestPath path = new RequestPath("events")
            .With("since", filter.Since is { } since ? Seconds(since) : null)
            .With("until", filter.Until is { } until ? Seconds(until) : null)
            .With("filters", Filters(
                ("type", filter.Types), ("event", filter.Actions), ("container", filter.Containers), ("label", filter.Labels)));
        EngineRequest request = Get(path, "watch for events");
        EngineReply reply = await OpenAsync(request, cancellationToken).ConfigureAwait(false);
        return new EngineEvents(reply, json => Parse(json, EngineEvent.From, request.Action));
    }

    /// <summary>As <see cref="BeginEventsAsync"/>, begun when the first event is asked for.</summary>
    public async IAsyncEnumerable<EngineEvent> EventsAsync(
        EventFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using EngineEvents events = await BeginEventsAsync(filter, cancellationToken).ConfigureAwait(false);
        await foreach (EngineEvent happened in events.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return happened;
        }
    }

    private static ContainerOutput Framed(EngineReply reply, bool tty)
    {
        const string Multiplexed = "application/vnd.docker.multiplexed-stream";
        return new ContainerOutput(reply, framed: !tty || reply.MediaType == Multiplexed);
    }

    /// <summary>Seconds since 1970 with nine digits after the point, as the engine reads times exactly.</summary>
    private static string Seconds(DateTimeOffset time)
    {
        (long seconds, long ticks) = Math.DivRem((time - DateTimeOffset.UnixEpoch).Ticks, TimeSpan.TicksPerSecond);
        return string.Create(CultureInfo.InvariantCulture, $"{seconds}.{ticks * TimeSpan.NanosecondsPerTick:d9}");
    }
}
