namespace MesosDocker.Mesos;

/// <summary>An inclusive range of port numbers.</summary>
public readonly record struct PortRange(int Begin, int End)
{
    public IEnumerable<int> Ports => Enumerable.Range(Begin, Math.Max(0, End - Begin + 1));
}

/// <summary>
/// The resources of a task or an executor, summed over roles and reservations. A resource that is not named is null, which is not
/// the same as zero: without <c>mem</c> there is no memory limit.
/// </summary>
public sealed record Resources
{
    public static readonly Resources None = new();

    /// <summary>CPUs, to a thousandth, as Mesos counts them.</summary>
    public decimal? Cpus { get; init; }

    /// <summary>Memory, in MB of 1024 * 1024 bytes.</summary>
    public decimal? Memory { get; init; }

    /// <summary>Disk, in MB of 1024 * 1024 bytes.</summary>
    public decimal? Disk { get; init; }

    public decimal? Gpus { get; init; }

    /// <summary>Offered host ports, in the order of the message.</summary>
    public IReadOnlyList<PortRange> Ports { get; init; } = [];

    /// <summary>Every offered port, in ascending order, as the older containerizers pair them.</summary>
    public IReadOnlyList<int> PortNumbers => [.. Ports.SelectMany(static range => range.Ports).Distinct().Order()];
}
