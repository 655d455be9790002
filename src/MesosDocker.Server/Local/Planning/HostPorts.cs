using System.Collections.Immutable;
using MesosDocker.Marathon;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>Which ports of the host an app's tasks get.</summary>
internal static class HostPorts
{
    private const int None = -1;

    /// <summary>In the order of the app's ports: a number, 0 for any, null for none.</summary>
    public static IReadOnlyList<int?> Wanted(App app)
        => app.Container?.PortMappings is { } mappings ? [.. mappings.Select(static mapping => mapping.HostPort)]
            : [.. (app.PortDefinitions ?? []).Select(definition => (int?)(app.RequirePorts == true ? definition.Port ?? 0 : 0))];

    public static IEnumerable<int> Fixed(App app) => Wanted(app).OfType<int>().Where(static port => port != 0);

    /// <param name="ranges">All that there are.</param>
    /// <param name="inUse">Which are had, and which are to be kept.</param>
    /// <returns>0 for a port that none of the host leads to; null: there are not enough.</returns>
    public static ImmutableArray<int>? Take(IReadOnlyList<int?> wanted, IReadOnlyList<PortRange> ranges, PortsInUse inUse)
    {
        HashSet<int> taken = [];
        foreach (int port in wanted.OfType<int>().Where(static port => port != 0))
        {
            if (!ranges.Any(range => port >= range.Begin && port <= range.End) || inUse.IsTaken(port) || !taken.Add(port))
            {
                return null;
            }
        }

        IEnumerable<int> left = InTurn(ranges, inUse.Last).Where(port => !inUse.IsTaken(port) && !taken.Contains(port));
        IEnumerable<int> inOrder = left.Where(port => !inUse.IsKept(port)).Concat(left.Where(inUse.IsKept));
        using IEnumerator<int> free = inOrder.GetEnumerator();
        int[] ports = [.. wanted.Select(port => port switch
        {
            null => 0,
            0 => free.MoveNext() ? free.Current : None,
            { } number => number,
        })];
        return ports.Contains(None) ? null : [.. ports];
    }

    private static IEnumerable<int> InTurn(IReadOnlyList<PortRange> ranges, int after)
        => ranges.SelectMany(range => Between(Math.Max(range.Begin, after + 1), range.End))
            .Concat(ranges.SelectMany(range => Between(range.Begin, Math.Min(range.End, after))));

    private static IEnumerable<int> Between(int first, int last) => first <= last ? Enumerable.Range(first, last - first + 1) : [];
}

/// <summary>Ports of the host that are spoken for.</summary>
/// <param name="IsTaken">A task has it.</param>
/// <param name="IsKept">It is for an app that can have no other, and is allotted to others only where none is left.</param>
/// <param name="Last">
/// Ports are allotted from here on and then from the beginning, so that one that was given back is not used again at once.
/// </param>
internal sealed record PortsInUse(Func<int, bool> IsTaken, Func<int, bool> IsKept, int Last);
