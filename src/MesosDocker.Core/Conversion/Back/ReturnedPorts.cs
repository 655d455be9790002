using System.Globalization;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>Ports that lead from the host to a container.</summary>
internal static class ReturnedPorts
{
    // From there on Marathon allots service ports itself (--local_port_min).
    private const int FirstAllotted = 10_000;

    private const string SameAsHost = "The container's port has the number of the host's, whichever that is, and compose must know it.";
    private const string OfHost = "On the host's network compose publishes nothing: the program listens on ports of the host itself.";
    private const string Balancer = "Load balancers listen there, and compose has none.";

    public static void OfApp(ReturnCase app, App said, bool isPublished)
    {
        KeyPath mappings = "container.portMappings";
        IReadOnlyList<PortMapping> ports = said.Container?.PortMappings ?? [];
        for (int i = 0; i < ports.Count; i++)
        {
            KeyPath key = mappings[i];
            if (!isPublished)
            {
                app.Fields.Lose(key, OfHost, null);
                continue;
            }

            Mapping(app, ports[i], key, said.Instances ?? 1);
        }

        app.Fields.LoseSaid("portDefinitions", OfHost, "Say what is to listen on which port.");
        app.Fields.LoseSaid("requirePorts", OfHost, null);
    }

    /// <summary>Endpoints of a pod's container, all published by the one that has the network.</summary>
    /// <param name="container">Whose they are.</param>
    /// <param name="owner">Null: the network is the host's.</param>
    public static void OfContainer(ReturnCase container, PodContainer said, ReturnCase? owner)
    {
        KeyPath endpoints = "endpoints";
        for (int i = 0; i < said.Endpoints?.Count; i++)
        {
            Endpoint endpoint = said.Endpoints[i];
            KeyPath key = endpoints[i];
            if (owner is null)
            {
                container.Fields.Lose(key, OfHost, null);
            }
            else if (endpoint.ContainerPort is not > 0)
            {
                container.Fields.Lose(key, SameAsHost, null);
            }
            else
            {
                container.Fields.Carry(key["name"]);
                container.Fields.Carry(key["containerPort"]);
                container.Fields.Carry(key["hostPort"]);
                Publish(owner, endpoint.Protocol is { Count: > 0 } protocols ? protocols : ["tcp"], endpoint.ContainerPort.Value, endpoint.HostPort, endpoint.Name);
                Protocols(container, key["protocol"], endpoint.Protocol?.Count ?? 1, endpoint.HostPort);
            }
        }
    }

    private static void Mapping(ReturnCase app, PortMapping port, KeyPath key, int instances)
    {
        if (port.ContainerPort is not > 0)
        {
            app.Fields.Lose(key, SameAsHost, "Say containerPort.");
            return;
        }

        string[] protocols = (port.Protocol ?? "tcp").Split(',');
        app.Fields.Carry(key["containerPort"]);
        app.Fields.Carry(key["hostPort"]);
        if (port.HostPort is null)
        {
            // On a network of its own, where the container has an address.
            foreach (string protocol in protocols)
            {
                app.Service.Add("expose", Made.Text(Text(port.ContainerPort.Value) + (protocol == "tcp" ? "" : "/" + protocol)));
            }

            app.Fields.Carry(key["protocol"]);
            app.Fields.LoseSaid(key["servicePort"], Balancer, null);
            return;
        }

        bool isChosen = port is { HostPort: 0, ServicePort: > 0 and < FirstAllotted } && instances <= 1;
        app.Fields.Carry(key["name"]);
        if (isChosen || port.ServicePort == port.HostPort)
        {
            app.Fields.Carry(key["servicePort"]);
        }
        else
        {
            app.Fields.LoseSaid(key["servicePort"], Balancer, null);
        }

        Publish(app, protocols, port.ContainerPort.Value, isChosen ? port.ServicePort : port.HostPort, port.Name);
        Protocols(app, key["protocol"], protocols.Length, isChosen ? port.ServicePort : port.HostPort);
    }

    private static void Protocols(ReturnCase draft, KeyPath key, int count, int? host)
    {
        draft.Fields.Carry(key);
        if (count > 1 && host is not > 0)
        {
            draft.Fields.Lose(key, "Both protocols have one port of the host, and compose gives each another.", "Say the port of the host.");
        }
    }

    /// <param name="host">0: any.</param>
    private static void Publish(ReturnCase draft, IReadOnlyList<string> protocols, int container, int? host, string? name)
    {
        for (int i = 0; i < protocols.Count; i++)
        {
            string? published = host is > 0 and { } port ? Text(port) : null;
            string suffix = protocols[i] == "tcp" ? "" : "/" + protocols[i];
            SourceNode item = name is null || i > 0
                ? Made.Text($"{(published is null ? "" : published + ":")}{Text(container)}{suffix}")
                : Made.Said(
                    ("name", Made.Text(name)),
                    ("target", Made.Number(container)),
                    ("published", published is null ? null : Made.Text(published)),
                    ("protocol", suffix.Length == 0 ? null : Made.Text(protocols[i])));
            draft.Service.Add("ports", item);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
