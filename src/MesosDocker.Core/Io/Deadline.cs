namespace MesosDocker.Io;

/// <summary>
/// A moment that will come, by a clock that only goes forward. The machine's time may be set while a container runs, and must neither end
/// one early nor keep one.
/// </summary>
internal readonly record struct Deadline
{
    private readonly long _milliseconds;

    private Deadline(long milliseconds) => _milliseconds = milliseconds;

    /// <summary>Negative once it has passed.</summary>
    public TimeSpan Left => TimeSpan.FromMilliseconds(_milliseconds - Environment.TickCount64);

    public bool HasPassed => Environment.TickCount64 >= _milliseconds;

    public static Deadline In(TimeSpan time) => new(Environment.TickCount64 + (long)time.TotalMilliseconds);

    public static Deadline Earlier(Deadline one, Deadline other) => one._milliseconds < other._milliseconds ? one : other;
}
