using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// What services of version 1 mean in the words of today: they are on the bridge and not in a network of the project, and their named volumes
/// are the host's, by their own names.
/// </summary>
internal static class OldServices
{
    /// <param name="tree">Canonical.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static SourceMap Modernize(SourceMap tree)
    {
        var services = (SourceMap)tree["services"]!;
        HashSet<string> names = [.. services.Fields.Select(static field => field.Name)];
        var volumes = new OrderedDictionary<string, SourceField>();
        List<SourceField> modern = [];
        foreach (SourceField field in services.Fields)
        {
            var service = (SourceMap)field.Value;
            RefuseImpossible(service, FieldPath.Root["services"][field.Name]);
            TakeVolumes(service, volumes);
            modern.Add(field with { Value = Modernize(service, names) });
        }

        SourceMap changed = tree.With("services", new SourceMap(services.Mark, modern));
        return volumes.Count == 0 ? changed : changed.With("volumes", new SourceMap(tree.Mark, [.. volumes.Values]));
    }

    private static SourceMap Modernize(SourceMap service, HashSet<string> names)
    {
        SourceMap modern = service;
        foreach (string key in (string[])["net", "log_driver", "log_opt", "dockerfile", "volume_driver"])
        {
            modern = modern.Without(key);
        }

        var net = service["net"] as SourceScalar;
        modern = modern.With("network_mode", net is null ? Scalars.Text(service.Mark, "bridge") : Scalars.Text(net.Mark, NetworkMode(net.Value, names)));
        if (service["log_driver"] is not null || service["log_opt"] is not null)
        {
            modern = modern.With("logging", Map(service, ("driver", service["log_driver"]), ("options", service["log_opt"])));
        }

        modern = service["volumes_from"] is SourceList others
            ? modern.With("volumes_from", TreeEdits.Items(others, item => Others((SourceScalar)item, names)))
            : modern;
        return service["build"] is { } context ? modern.With("build", Map(service, ("context", context), ("dockerfile", service["dockerfile"]))) : modern;
    }

    private static void TakeVolumes(SourceMap service, OrderedDictionary<string, SourceField> volumes)
    {
        foreach (SourceNode item in (service["volumes"] as SourceList)?.Items ?? [])
        {
            if (item is SourceScalar text && MountText.Read(text.Value) is { Kind: ComposeMountKind.Volume, Source: { } name } && !volumes.ContainsKey(name))
            {
                volumes[name] = new SourceField(name, text.Mark, Map(service, ("name", Scalars.Text(text.Mark, name)), ("driver", service["volume_driver"])));
            }
        }
    }

    private static void RefuseImpossible(SourceMap service, FieldPath path)
    {
        string? conflict = service["image"] is null ? null : service["build"] is not null ? "build" : service["dockerfile"] is not null ? "dockerfile" : null;
        if (conflict is not null)
        {
            throw path.Refuse(service.Mark, $"has both image and {conflict}, of which files of version 1 allow one");
        }

        if (service["memswap_limit"] is { } swap && service["mem_limit"] is null)
        {
            throw path["memswap_limit"].Refuse(swap.Mark, "needs mem_limit beside it");
        }
    }

    // Containers of the project itself were named like any other.
    private static string NetworkMode(string net, HashSet<string> names)
        => net.StartsWith(ReferenceText.ContainerPrefix, StringComparison.Ordinal) && names.Contains(net[ReferenceText.ContainerPrefix.Length..])
            ? ReferenceText.ServicePrefix + net[ReferenceText.ContainerPrefix.Length..]
            : net;

    private static SourceScalar Others(SourceScalar from, HashSet<string> names)
        => names.Contains(ReferenceText.ServiceOfLink(from.Value)) ? from : Scalars.Text(from.Mark, ReferenceText.ContainerPrefix + from.Value);

    private static SourceMap Map(SourceMap service, params ReadOnlySpan<(string Name, SourceNode? Value)> fields)
    {
        List<SourceField> there = [];
        foreach ((string name, SourceNode? value) in fields)
        {
            if (value is not null)
            {
                there.Add(new SourceField(name, value.Mark, value));
            }
        }

        return new SourceMap(service.Mark, there);
    }
}
