using LogLevel = Microsoft.Extensions.Logging.LogLevel;
using MesosDocker.Io;
using Microsoft.Extensions.Logging;

namespace MesosDocker.Local;

/// <summary>What the web server has to complain about, one line each.</summary>
internal sealed class StderrLogs : ILoggerProvider, ILogger
{
    private const int MaxLine = 2000;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Console.Error.WriteLine(Printable.Of($"mesos-dockerd: {formatter(state, exception)} {exception}".TrimEnd(), MaxLine));
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}
