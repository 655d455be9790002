using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary><c>HealthCheck</c>.</summary>
internal static class HealthWire
{
    private const double LongestSeconds = 1e9;

    // The longest that a timer can wait, whose end nobody will.
    private const double LongestWait = 4e6;
    private const long CommandType = 1;
    private const long HttpType = 2;
    private const long TcpType = 3;

    public static HealthCheck Read(ReadOnlySpan<byte> message)
    {
        HealthCheck check = new();
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: check = check with { Http = ReadHttp(reader.Bytes()) }; break;
                case 2: check = check with { Delay = Seconds(reader.Double()) }; break;
                case 3: check = check with { Interval = Seconds(reader.Double()) }; break;
                case 4: check = check with { Timeout = Seconds(reader.Double()) }; break;
                case 5: check = check with { ConsecutiveFailures = (int)Math.Min(reader.Number(), int.MaxValue) }; break;
                case 6: check = check with { GracePeriod = Seconds(reader.Double()) }; break;
                case 7: check = check with { Command = CommandWire.Read(reader.Bytes()) }; break;
                case 9: check = check with { Tcp = new TcpCheck(ReadPort(reader.Bytes())) }; break;
                default: reader.Skip(); break;
            }
        }

        return check;
    }

    public static void Write(ProtoWriter writer, HealthCheck check)
    {
        writer.Message(1, check.Http, static (inner, http) =>
        {
            inner.Number(1, (long)http.Port);
            inner.Text(2, http.Path);
            inner.Text(3, http.Scheme);
            foreach (int status in http.Statuses)
            {
                inner.Number(4, (long)status);
            }
        });
        writer.Double(2, check.Delay.TotalSeconds);
        writer.Double(3, check.Interval.TotalSeconds);
        writer.Double(4, check.Timeout.TotalSeconds);
        writer.Number(5, (long)check.ConsecutiveFailures);
        writer.Double(6, check.GracePeriod.TotalSeconds);
        writer.Message(7, check.Command, CommandWire.Write);
        long? type = check switch
        {
            { Command: not null } => CommandType,
            { Http: not null } => HttpType,
            { Tcp: not null } => TcpType,
            _ => null,
        };
        writer.Number(8, type);
        writer.Message(9, check.Tcp, static (inner, tcp) => inner.Number(1, (long)tcp.Port));
    }

    private static HttpCheck ReadHttp(ReadOnlySpan<byte> message)
    {
        var statuses = new List<ulong>();
        HttpCheck check = new() { Port = 0 };
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: check = check with { Port = Port(reader.Number()) }; break;
                case 2: check = check with { Path = reader.Text() }; break;
                case 3: check = check with { Scheme = reader.Text() }; break;
                case 4: reader.Numbers(statuses); break;
                default: reader.Skip(); break;
            }
        }

        return check with { Statuses = [.. statuses.Select(static status => (int)Math.Min(status, int.MaxValue))] };
    }

    private static int ReadPort(ReadOnlySpan<byte> message)
    {
        ulong port = 0;
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == 1)
            {
                port = reader.Number();
            }
            else
            {
                reader.Skip();
            }
        }

        return Port(port);
    }

    private static int Port(ulong number) => number <= ushort.MaxValue
        ? (int)number
        : throw new MesosDockerException(Fault.MessageInvalid, $"The health check's port {number} is none.");

    private static TimeSpan Seconds(double seconds) => seconds is >= 0 and <= LongestSeconds
        ? TimeSpan.FromTicks((long)Math.Round(Math.Min(seconds, LongestWait) * TimeSpan.TicksPerSecond))
        : throw new MesosDockerException(Fault.MessageInvalid, "The health check has an impossible duration.");
}
