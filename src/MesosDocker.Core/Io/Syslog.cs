using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace MesosDocker.Io;

/// <summary>
/// The machine's own log, as a local program writes to it: one datagram a line, <c>&lt;priority&gt;Mmm dd hh:mm:ss ident[pid]:
/// text</c> (RFC 3164 without the host, which the local daemon adds). Where there is no such log, or it does not keep up, lines are
/// lost.
/// </summary>
internal sealed class Syslog(string ident, int pid, string path) : IDisposable
{
    public const string LocalPath = "/dev/log";

    // The RFC allows 1024; the daemons in use take 8 KiB and more from a local socket.
    public const int MaxLine = 8 * 1024;

    private const int FacilityDaemon = 3 << 3;

    private Socket? _socket;

    public void Write(LogLevel level, DateTimeOffset when, string text)
    {
        byte[] line = Line(level, when, text);
        bool isNew = _socket is null;
        _socket ??= Connect();
        if (!TrySend(line) && !isNew)
        {
            // The daemon was started again since: its socket is another one now.
            Dispose();
            _socket = Connect();
            _ = TrySend(line);
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private static int Severity(LogLevel level) => level switch
    {
        >= LogLevel.Critical => 2,
        >= LogLevel.Error => 3,
        >= LogLevel.Warning => 4,
        >= LogLevel.Info => 6,
        _ => 7,
    };

    private byte[] Line(LogLevel level, DateTimeOffset when, string text)
    {
        string day = when.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"<{FacilityDaemon | Severity(level)}>{when:MMM} {day} {when:HH:mm:ss} {ident}[{pid}]: {text}");
        return Cut(Encoding.UTF8.GetBytes(line));
    }

    private static byte[] Cut(byte[] line)
    {
        int end = Math.Min(line.Length, MaxLine);
        while (end < line.Length && (line[end] & 0xc0) == 0x80)
        {
            // Not in the middle of a character.
            end--;
        }

        return line[..end];
    }

    private bool TrySend(byte[] line)
    {
        try
        {
            _ = _socket?.Send(line);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private Socket? Connect()
    {
        if (!File.Exists(path))
        {
            // The usual case in a container, and an exception would cost more than the whole call may take.
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));

            // A daemon that stands still must not hold up whoever logs: its lines are lost.
            socket.Blocking = false;
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
