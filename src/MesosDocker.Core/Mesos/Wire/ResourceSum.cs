using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary><c>Resource</c> messages, added up by name over roles and reservations.</summary>
internal sealed class ResourceSum
{
    // Mesos itself counts scalars to a thousandth; anything beyond is noise of doubles. The bound keeps decimals from overflowing.
    private const int ScalarDigits = 3;
    private const double LargestScalar = 1e15;
    private const int LastPort = 65535;
    private const int Scalar = 0;
    private const int Ranges = 1;
    private const string AnyRole = "*";
    private const string Cpus = "cpus";
    private const string Memory = "mem";
    private const string Disk = "disk";
    private const string Gpus = "gpus";

    private readonly Dictionary<string, decimal> _scalars = [];
    private readonly List<PortRange> _ports = [];

    public Resources Total => new()
    {
        Cpus = Find(Cpus),
        Memory = Find(Memory),
        Disk = Find(Disk),
        Gpus = Find(Gpus),
        Ports = _ports,
    };

    public static void Write(ProtoWriter writer, int field, Resources resources)
    {
        WriteScalar(writer, field, Cpus, resources.Cpus);
        WriteScalar(writer, field, Memory, resources.Memory);
        WriteScalar(writer, field, Disk, resources.Disk);
        WriteScalar(writer, field, Gpus, resources.Gpus);
        if (resources.Ports.Count > 0)
        {
            writer.Message(field, inner =>
            {
                inner.Text(1, "ports");
                inner.Number(2, (long)Ranges);
                inner.Message(4, ranges => ranges.Messages(1, resources.Ports, static (range, ports) =>
                {
                    range.Number(1, (long)ports.Begin);
                    range.Number(2, (long)ports.End);
                }));
                inner.Text(6, AnyRole);
            });
        }
    }

    /// <summary>Adds one <c>Resource</c>.</summary>
    public void Add(ReadOnlySpan<byte> resource)
    {
        string name = "";
        ReadOnlySpan<byte> scalar = default;
        ReadOnlySpan<byte> ranges = default;
        var reader = new ProtoReader(resource);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: name = reader.Text(); break;
                case 3: scalar = reader.Bytes(); break;
                case 4: ranges = reader.Bytes(); break;
                default: reader.Skip(); break;
            }
        }

        if (!scalar.IsEmpty && name is Cpus or Memory or Disk or Gpus)
        {
            _scalars[name] = _scalars.GetValueOrDefault(name) + ReadScalar(name, scalar);
        }

        if (name == "ports")
        {
            AddPorts(ranges);
        }
    }

    private static void WriteScalar(ProtoWriter writer, int field, string name, decimal? value)
    {
        if (value is { } amount)
        {
            writer.Message(field, inner =>
            {
                inner.Text(1, name);
                inner.Number(2, (long)Scalar);
                inner.Message(3, scalar => scalar.Double(1, (double)amount));
                inner.Text(6, AnyRole);
            });
        }
    }

    private static decimal ReadScalar(string name, ReadOnlySpan<byte> message)
    {
        double value = 0;
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == 1)
            {
                value = reader.Double();
            }
            else
            {
                reader.Skip();
            }
        }

        return value is >= 0 and <= LargestScalar
            ? Math.Round((decimal)value, ScalarDigits)
            : throw new MesosDockerException(Fault.MessageInvalid, $"The resource '{name}' has an impossible value.");
    }

    private void AddPorts(ReadOnlySpan<byte> message)
    {
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == 1)
            {
                ProtoReader.Add(_ports, ReadRange(reader.Bytes()));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static PortRange ReadRange(ReadOnlySpan<byte> message)
    {
        (ulong begin, ulong end) = (0, 0);
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: begin = reader.Number(); break;
                case 2: end = reader.Number(); break;
                default: reader.Skip(); break;
            }
        }

        return begin <= end && end <= LastPort
            ? new PortRange((int)begin, (int)end)
            : throw new MesosDockerException(
                Fault.MessageInvalid, $"The offered ports {begin} to {end} are not a range of ports up to {LastPort}.");
    }

    private decimal? Find(string name) => _scalars.TryGetValue(name, out decimal sum) ? sum : null;
}
