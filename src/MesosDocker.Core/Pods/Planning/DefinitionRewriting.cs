using MesosDocker.Compose;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>Makes one task's networks and volumes of a project's. What is external is nobody's to change.</summary>
internal static class DefinitionRewriting
{
    private const string BridgeName = "com.docker.network.bridge.name";

    public static SourceMap Rewrite(SourceMap document, PodPlanInput input, List<string> warnings)
    {
        ComposeProject project = input.Project;
        IReadOnlyDictionary<string, string> marks = ServiceRewriting.MarksOf(input.Task);
        foreach (ComposeNetwork network in project.Networks.Values.Where(static network => !network.IsExternal))
        {
            SourceMap map = Named(document.Map("networks").Map(network.Key), input.Task.Pod).WithTexts("labels", marks);
            map = BridgeOfItsOwn(map, network, input.Task.Pod);
            document = With(document, "networks", network.Key, AddressesOfItsOwn(map, network, project, warnings));
        }

        foreach (ComposeVolume volume in project.Volumes.Values.Where(static volume => !volume.IsExternal))
        {
            SourceMap map = Named(document.Map("volumes").Map(volume.Key), input.Task.Pod).WithTexts("labels", marks);
            document = With(document, "volumes", volume.Key, map);
        }

        return document;
    }

    private static SourceMap With(SourceMap document, string kind, string key, SourceMap map)
        => document.With(kind, document.Map(kind).With(key, map));

    /// <summary>Without a name of its own it has the project's before it anyway.</summary>
    private static SourceMap Named(SourceMap map, string pod)
        => map.Text("name") is { } name ? map.With("name", Nodes.Text(map["name"]!.Mark, $"{pod}_{name}")) : map;

    private static SourceMap BridgeOfItsOwn(SourceMap map, ComposeNetwork network, string pod)
        => map["driver_opts"] is SourceMap options && options[BridgeName] is { } name
            ? map.With("driver_opts", options.With(BridgeName, Nodes.Text(name.Mark, PodNames.OfBridge(pod, network.Key))))
            : map;

    /// <summary>
    /// No two bridges of a host can have one subnet. Where no service has a fixed address in it, any other does as well, and two pods of the project can
    /// be on one host.
    /// </summary>
    private static SourceMap AddressesOfItsOwn(SourceMap map, ComposeNetwork network, ComposeProject project, List<string> warnings)
    {
        if (network.Driver is not (null or "bridge") || map["ipam"] is not SourceMap addresses || addresses["config"] is not SourceList { Items.Count: > 0 })
        {
            return map;
        }

        if (project.Services.Values.FirstOrDefault(service => HasFixedAddress(service, network.Key)) is { } service)
        {
            warnings.Add($"The service '{service.Name}' has a fixed address in the network '{network.Key}', whose subnet is kept for it: only one such pod can run on a host.");
            return map;
        }

        warnings.Add($"The subnet of the network '{network.Key}' is left to Docker, so that several pods of this project can run on a host.");
        return map.With("ipam", addresses.Without("config"));
    }

    private static bool HasFixedAddress(ComposeService service, string network)
        => service.Networks.GetValueOrDefault(network) is { Ipv4Address: not null } or { Ipv6Address: not null };
}
