namespace MesosDocker.Docker;

/// <summary>How long the engine may take. Streams (output, events, waits, pulls) are limited only until they have
/// begun.</summary>
public sealed record EngineTimeouts
{
    /// <summary>Until a connection stands, TLS included.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For questions, and for the beginning of a stream.</summary>
    public TimeSpan Quick { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For what makes the engine work: create, start, stop (on top of its grace period), remove.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromMinutes(5);
}
