using System.Globalization;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>The ports of one task, and the variables that tell it which they are (EnvironmentHelper of Marathon 1.11).</summary>
internal static class TaskPorts
{
    /// <param name="Wanted">What the app says: the container's port, or on the host's network the service port; may be 0.</param>
    /// <param name="Host">Null: the task is reached at the container's port, on a network of its own.</param>
    public readonly record struct Assigned(string? Name, int Wanted, int? Host, string Protocol)
    {
        /// <summary>Where the program listens.</summary>
        public int Container => Wanted > 0 ? Wanted : Host ?? 0;
    }

    /// <param name="app">In the spelling of today.</param>
    public static IReadOnlyList<Assigned> Of(App app, int firstOffered)
    {
        int next = firstOffered;
        return app.Container?.PortMappings is { } mappings
            ? [.. mappings.Select(mapping => new Assigned(
                mapping.Name,
                mapping.ContainerPort ?? 0,
                mapping.HostPort is 0 ? next++ : mapping.HostPort,
                mapping.Protocol ?? "tcp"))]
            : [.. (app.PortDefinitions ?? []).Select(definition => new Assigned(
                definition.Name,
                definition.Port ?? 0,
                app.RequirePorts == true && definition.Port is > 0 ? definition.Port : next++,
                definition.Protocol ?? "tcp"))];
    }

    public static IEnumerable<(string Name, string Value)> Variables(IReadOnlyList<Assigned> ports)
    {
        for (int i = 0; i < ports.Count; i++)
        {
            string port = Text(ports[i].Host ?? ports[i].Wanted);
            yield return ($"PORT{i}", port);
            yield return ($"PORT_{(ports[i].Wanted > 0 ? Text(ports[i].Wanted) : port)}", port);
            if (ports[i].Name is { } name)
            {
                yield return ($"PORT_{name.ToUpperInvariant()}", port);
            }
        }

        string[] onHost = [.. ports.Where(static port => port.Host is not null).Select(static port => Text(port.Host!.Value))];
        if (onHost.Length > 0)
        {
            yield return ("PORT", onHost[0]);
        }

        if (ports.Count > 0)
        {
            yield return ("PORTS", string.Join(',', onHost));
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
