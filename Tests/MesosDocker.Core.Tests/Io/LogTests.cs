using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests;

public sealed class LogTests : IDisposable
{
    private static readonly TimeProvider s_clock = new Clock(new DateTimeOffset(2014, 10, 1, 9, 5, 7, 42, TimeSpan.Zero));

    private readonly string _folder = Directory.CreateTempSubdirectory("log-").FullName;

    private string SocketPath => Path.Combine(_folder, "log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Console_ShowsTimeLevelAndText()
    {
        using var console = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var log = Log.ToConsole(console, LogLevel.Debug, s_clock);

        log.Debug("one");
        log.Info("two");
        log.Warning("three");
        log.Error("four");
        log.Critical("five");

        Assert.Equal(
            "09:05:07.042 DEBUG one\n09:05:07.042 INFO two\n09:05:07.042 WARNING three\n"
            + "09:05:07.042 ERROR four\n09:05:07.042 CRITICAL five\n",
            console.ToString());
    }

    [Theory]
    [InlineData(LogLevel.Debug, "DEBUG INFO WARNING ERROR CRITICAL")]
    [InlineData(LogLevel.Info, "INFO WARNING ERROR CRITICAL")]
    [InlineData(LogLevel.Warning, "WARNING ERROR CRITICAL")]
    [InlineData(LogLevel.Error, "ERROR CRITICAL")]
    [InlineData(LogLevel.Critical, "CRITICAL")]
    [InlineData(LogLevel.NotSet, "")]
    public void Log_Writes_WhatIsAtItsLevelOrAbove(LogLevel level, string expected)
    {
        using var console = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var log = Log.ToConsole(console, level, s_clock);

        foreach (LogLevel each in Enum.GetValues<LogLevel>().Where(static each => each != LogLevel.NotSet))
        {
            log.Write(each, "text");
            Assert.Equal(level != LogLevel.NotSet && each >= level, log.IsWritten(each));
        }

        IEnumerable<string> lines = console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, string.Join(' ', lines.Select(static line => line.Split(' ')[1])));
    }

    [Fact]
    public void Console_ObeysNoText()
    {
        using var console = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var log = Log.ToConsole(console, LogLevel.Debug, s_clock);

        log.Info("a\n09:05:07.042 INFO forged\u001b[2J");

        Assert.Equal("09:05:07.042 INFO a\\n09:05:07.042 INFO forged\\x1b[2J\n", console.ToString());
    }

    [Fact]
    public void Console_ThatHasGone_IsNoError()
    {
        var console = new StringWriter(CultureInfo.InvariantCulture);
        console.Dispose();
        using var log = Log.ToConsole(console, LogLevel.Debug, s_clock);

        log.Info("nobody hears it");

        Assert.True(log.IsWritten(LogLevel.Info));
    }

    [Theory]
    [InlineData(LogLevel.Debug, 31)]
    [InlineData(LogLevel.Info, 30)]
    [InlineData(LogLevel.Warning, 28)]
    [InlineData(LogLevel.Error, 27)]
    [InlineData(LogLevel.Critical, 26)]
    public void Syslog_SendsOneDatagram_AsLocalProgramsDo(LogLevel level, int priority)
    {
        using Socket daemon = Listen();
        using var log = Log.ToSyslog(LogLevel.Debug, s_clock, SocketPath);

        log.Write(level, "first\nline");

        Assert.Equal($"<{priority}>Oct  1 09:05:07 mesos-docker[{Environment.ProcessId}]: first\\nline", Receive(daemon));
    }

    [Fact]
    public void Syslog_CutsALine_BetweenCharacters()
    {
        using Socket daemon = Listen();
        using var log = Log.ToSyslog(LogLevel.Debug, s_clock, SocketPath);

        for (int shift = 0; shift < 4; shift++)
        {
            log.Info(new string('x', shift) + new StringBuilder().Insert(0, "😀", 10_000));

            string line = Receive(daemon);
            Assert.InRange(Encoding.UTF8.GetByteCount(line), Syslog.MaxLine - 3, Syslog.MaxLine);
            Assert.EndsWith("😀", line);
        }
    }

    [Fact]
    public void Syslog_IsSilent_WhereThereIsNone()
    {
        using var log = Log.ToSyslog(LogLevel.Debug, s_clock, Path.Combine(_folder, "none"));
        log.Info("lost");

        using Socket daemon = Listen();
        File.Move(SocketPath, Path.Combine(_folder, "none"));
        log.Info("heard");

        Assert.EndsWith(": heard", Receive(daemon));
    }

    [Fact]
    public void Syslog_FindsTheDaemon_ThatWasStartedAgain()
    {
        using var log = Log.ToSyslog(LogLevel.Debug, s_clock, SocketPath);
        using (Socket first = Listen())
        {
            log.Info("one");
            Assert.EndsWith(": one", Receive(first));
        }

        File.Delete(SocketPath);
        log.Info("lost");
        using Socket second = Listen();
        log.Info("two");

        Assert.EndsWith(": two", Receive(second));
        Assert.Equal(0, second.Available);
    }

    // Every queue ends; a log that waited for it would never come back from this.
    [Fact]
    public void Syslog_DoesNotWait_ForADaemonThatStandsStill()
    {
        using Socket daemon = Listen();
        using var log = Log.ToSyslog(LogLevel.Debug, s_clock, SocketPath);

        for (int i = 0; i < 10_000; i++)
        {
            log.Info($"line {i}");
        }

        Assert.EndsWith(": line 0", Receive(daemon));
        while (daemon.Available > 0)
        {
            _ = Receive(daemon);
        }

        log.Info("again");
        Assert.EndsWith(": again", Receive(daemon));
    }

    [Theory]
    [InlineData("a file")]
    [InlineData("a stream socket")]
    public void Syslog_IsSilent_WhereSomethingElseIs(string what)
    {
        using var stream = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        if (what == "a file")
        {
            File.WriteAllText(SocketPath, "");
        }
        else
        {
            stream.Bind(new UnixDomainSocketEndPoint(SocketPath));
            stream.Listen();
        }

        using var log = Log.ToSyslog(LogLevel.Debug, s_clock, SocketPath);
        log.Info("lost");
        log.Info("lost");

        Assert.True(log.IsWritten(LogLevel.Info));
    }

    [Fact]
    public async Task Log_KeepsLinesWhole_InParallel()
    {
        using var console = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var log = Log.ToConsole(console, LogLevel.Debug, s_clock);

        await Parallel.ForAsync(0, 1000, (i, _) =>
        {
            log.Info(new string('x', i % 50));
            return ValueTask.CompletedTask;
        });

        string[] lines = console.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1000, lines.Length);
        Assert.All(lines, static line => Assert.Matches("^09:05:07.042 INFO x*$", line));
    }

    [Fact]
    public void Nowhere_KeepsNothing()
    {
        using var log = Log.Nowhere();

        log.Critical("lost");

        Assert.False(log.IsWritten(LogLevel.Critical));
    }

    private static string Receive(Socket daemon)
    {
        byte[] buffer = new byte[64 * 1024];
        daemon.ReceiveTimeout = 10_000;
        return Encoding.UTF8.GetString(buffer, 0, daemon.Receive(buffer));
    }

    private Socket Listen()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
