using MesosDocker.Mesos;

namespace MesosDocker.Adapters.Wire;

/// <summary>Between a list of <c>Resource</c> messages and the sums that are used of them.</summary>
internal static class ResourceMapping
{
    // Mesos itself counts scalars to a thousandth; anything beyond is noise of doubles. The bound keeps decimals from overflowing.
    private const int ScalarDigits = 3;
    private const double LargestScalar = 1e15;
    private const int LastPort = 65535;

    public static Resources ToRecord(IReadOnlyCollection<Protocol.Resource> resources) => new()
    {
        Cpus = Sum(resources, "cpus"),
        Memory = Sum(resources, "mem"),
        Disk = Sum(resources, "disk"),
        Gpus = Sum(resources, "gpus"),
        Ports = [.. resources.Where(static r => r.Name == "ports" && r.Ranges is not null).SelectMany(static r => r.Ranges.Range).Select(Range)],
    };

    public static IEnumerable<Protocol.Resource> ToMessages(Resources resources)
    {
        (string Name, decimal? Value)[] scalars =
            [("cpus", resources.Cpus), ("mem", resources.Memory), ("disk", resources.Disk), ("gpus", resources.Gpus)];
        foreach ((string name, decimal? value) in scalars)
        {
            if (value is { } amount)
            {
                yield return new Protocol.Resource
                {
                    Name = name,
                    Type = Protocol.Value.Types.Type.Scalar,
                    Scalar = new Protocol.Value.Types.Scalar { Value = (double)amount },
                    Role = "*",
                };
            }
        }

        if (resources.Ports.Count > 0)
        {
            var ranges = new Protocol.Value.Types.Ranges();
            ranges.Range.Add(resources.Ports.Select(
                static port => new Protocol.Value.Types.Range { Begin = (ulong)port.Begin, End = (ulong)port.End }));
            yield return new Protocol.Resource
            {
                Name = "ports",
                Type = Protocol.Value.Types.Type.Ranges,
                Ranges = ranges,
                Role = "*",
            };
        }
    }

    private static decimal? Sum(IReadOnlyCollection<Protocol.Resource> resources, string name)
    {
        decimal? sum = null;
        foreach (Protocol.Resource resource in resources)
        {
            if (resource.Name == name && resource.Scalar is { } scalar)
            {
                sum = (sum ?? 0) + Amount(name, scalar.Value);
            }
        }

        return sum;
    }

    private static decimal Amount(string name, double value)
        => value is >= 0 and <= LargestScalar
            ? Math.Round((decimal)value, ScalarDigits)
            : throw new MesosDockerException(Fault.MessageInvalid, $"The resource '{name}' has an impossible value.");

    private static PortRange Range(Protocol.Value.Types.Range range)
        => range.Begin <= range.End && range.End <= LastPort
            ? new PortRange((int)range.Begin, (int)range.End)
            : throw new MesosDockerException(
                Fault.MessageInvalid, $"The offered ports {range.Begin} to {range.End} are not a range of ports up to {LastPort}.");
}
