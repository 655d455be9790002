using System.Globalization;

namespace MesosDocker.Io;

/// <summary>
/// What the containerizer tells its operator: on the terminal when somebody sits at one, in the machine's log otherwise. Each line
/// is one line whatever it was made of, and writing one never throws and never waits.
/// </summary>
internal sealed class Log : IDisposable
{
    private const string Ident = "mesos-docker";

    private readonly Lock _turn = new();
    private readonly TimeProvider _clock;
    private readonly TextWriter? _console;
    private readonly Syslog? _syslog;
    private readonly LogLevel _level;

    private Log(TextWriter? console, Syslog? syslog, LogLevel level, TimeProvider clock)
    {
        _console = console;
        _syslog = syslog;
        _level = level;
        _clock = clock;
    }

    /// <summary>A log that keeps nothing.</summary>
    public static Log Nowhere() => new(null, null, LogLevel.NotSet, TimeProvider.System);

    /// <summary>Lines for a person: <c>hh:mm:ss.fff LEVEL text</c>, in local time.</summary>
    public static Log ToConsole(TextWriter console, LogLevel level, TimeProvider clock) => new(console, null, level, clock);

    public static Log ToSyslog(LogLevel level, TimeProvider clock, string path)
        => new(null, new Syslog(Ident, Environment.ProcessId, path), level, clock);

    /// <summary>This process's log: the console if standard error is a terminal, else the machine's log.</summary>
    public static Log Open(LogLevel console, LogLevel syslog)
    {
        if (!Console.IsErrorRedirected)
        {
            return ToConsole(Console.Error, console, TimeProvider.System);
        }

        return OperatingSystem.IsWindows() ? Nowhere() : ToSyslog(syslog, TimeProvider.System, Syslog.LocalPath);
    }

    public bool IsWritten(LogLevel level) => _level != LogLevel.NotSet && level >= _level;

    public void Debug(string text) => Write(LogLevel.Debug, text);

    public void Info(string text) => Write(LogLevel.Info, text);

    public void Warning(string text) => Write(LogLevel.Warning, text);

    public void Error(string text) => Write(LogLevel.Error, text);

    public void Critical(string text) => Write(LogLevel.Critical, text);

    public void Write(LogLevel level, string text)
    {
        if (!IsWritten(level))
        {
            return;
        }

        string line = Printable.Of(text, Syslog.MaxLine);
        lock (_turn)
        {
            WriteToConsole(level, line);
            _syslog?.Write(level, _clock.GetLocalNow(), line);
        }
    }

    public void Dispose()
    {
        lock (_turn)
        {
            _syslog?.Dispose();
        }
    }

    private void WriteToConsole(LogLevel level, string line)
    {
        try
        {
            string time = _clock.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
            _console?.WriteLine($"{time} {level.ToString().ToUpperInvariant()} {line}");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The terminal has gone. There is nobody left to tell.
        }
    }
}
