using System.Globalization;

namespace MesosDocker.Mesos;

/// <summary>An inclusive range of port numbers; as text <c>31000-31003</c>, or <c>31010</c> for one port.</summary>
public readonly record struct PortRange(int Begin, int End)
{
    internal const int LastPort = 65535;

    public IEnumerable<int> Ports => Enumerable.Range(Begin, Math.Max(0, End - Begin + 1));

    /// <summary>Reads <c>31000-31003,31010</c>.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionValueInvalid"/></exception>
    public static IReadOnlyList<PortRange> ParseList(string text) => [.. text.Split(',').Select(ParseOne)];

    public override string ToString() => Begin == End
        ? Begin.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Begin}-{End}");

    internal static bool TryParsePort(ReadOnlySpan<char> text, int first, out int port)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port >= first && port <= LastPort;

    private static PortRange ParseOne(string text)
    {
        string[] ends = text.Trim().Split('-');
        return ends.Length <= 2
            && TryParsePort(ends[0], 1, out int begin)
            && TryParsePort(ends[^1], 1, out int end)
            && begin <= end
                ? new PortRange(begin, end)
                : throw new MesosDockerException(
                    Fault.OptionValueInvalid,
                    $"'{text}' is not a port or a range of ports: write 31000 or 31000-31003, between 1 and {LastPort}, the lower end first.");
    }
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

    public override string ToString() => string.Join(", ", new[]
    {
        Cpus is { } cpus ? string.Create(CultureInfo.InvariantCulture, $"{cpus} CPU") : null,
        Memory is { } memory ? string.Create(CultureInfo.InvariantCulture, $"{memory} MB") : null,
        Disk is { } disk ? string.Create(CultureInfo.InvariantCulture, $"{disk} MB disk") : null,
        Gpus is { } gpus ? string.Create(CultureInfo.InvariantCulture, $"{gpus} GPU") : null,
        Ports.Count > 0 ? $"ports {string.Join(',', Ports)}" : null,
    }.Where(static part => part is not null));
}
