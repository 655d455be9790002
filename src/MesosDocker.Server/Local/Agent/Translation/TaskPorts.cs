using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>A port of an app, as one of its tasks has it.</summary>
internal sealed record TaskPort
{
    public string? Name { get; init; }

    /// <summary>What the definition asks for: of a mapping the port inside, else the service port; 0: any.</summary>
    public required int Requested { get; init; }

    /// <summary>Of the host; null if none leads there.</summary>
    public int? Host { get; init; }

    /// <summary>Of one that may be any, and that no port of the host leads to: what it came to be.</summary>
    public int? Generated { get; init; }

    /// <summary>It leads into a network of the container's own.</summary>
    public required bool IsMapped { get; init; }

    public required IReadOnlyList<string> Protocols { get; init; }

    /// <summary>What the task is told.</summary>
    public int Told => Host ?? Generated ?? Requested;

    /// <summary>By what it is called in names of variables.</summary>
    public int Asked => Requested == 0 ? Told : Requested;

    /// <summary>Where the task listens, as its container sees it; a mapping to any port leads to the same number.</summary>
    public int Inside => IsMapped ? Asked : Told;
}

/// <summary>Brings the ports of an app and those that a task was given together.</summary>
internal static class TaskPorts
{
    private const int FirstGenerated = 1025;
    private const int LastPort = 65535;

    /// <param name="given">Ports of the host, in the order of the app's ports; 0 for one that none of the host leads to.</param>
    public static ImmutableArray<TaskPort> Of(App app, ImmutableArray<int> given, string taskId)
    {
        var left = new Queue<int>(given.Where(static port => port != 0));
        if (app.Container?.PortMappings is not { Count: > 0 } mappings)
        {
            IEnumerable<TaskPort> definitions = (app.PortDefinitions ?? [])
                .Select(port => new TaskPort
                {
                    Name = port.Name,
                    Requested = port.Port ?? 0,
                    Host = Take(left),
                    IsMapped = false,
                    Protocols = Protocols(port.Protocol),
                })
                .Where(static port => port.Host is not null);
            return [.. definitions];
        }

        HashSet<int> taken = [.. given, .. mappings.Select(static mapping => mapping.ContainerPort ?? 0)];
        int seed = Seed(taskId);
        return [.. mappings.Select(mapping =>
        {
            int inside = mapping.ContainerPort ?? 0;
            int? host = mapping.HostPort is null ? null : Take(left);
            return new TaskPort
            {
                Name = mapping.Name,
                Requested = inside,
                Host = host,
                Generated = host is null && inside == 0 ? Generate(taken, ref seed) : null,
                IsMapped = true,
                Protocols = Protocols(mapping.Protocol),
            };
        })];
    }

    private static int? Take(Queue<int> left) => left.TryDequeue(out int port) ? port : null;

    private static string[] Protocols(string? said) => (said ?? "tcp").Split(',');

    // Marathon throws dice. A task that is described again has to be the same one.
    private static int Generate(HashSet<int> taken, ref int seed)
    {
        int port;
        do
        {
            port = FirstGenerated + (seed++ % (LastPort - FirstGenerated + 1));
        }
        while (!taken.Add(port));
        return port;
    }

    private static int Seed(string text)
    {
        const int Prime = 31;
        int hash = 0;
        foreach (char c in text)
        {
            hash = unchecked((hash * Prime) + c) & 0xffffff;
        }

        return hash;
    }
}
