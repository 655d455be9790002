using MesosDocker.Compose;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>Makes one task's services of a project's. Keys stay, and with them the names by which services find each other.</summary>
internal sealed class ServiceRewriting
{
    // The engine's log is only there so that the executor, after a break, goes on where it was; the output is in the sandbox.
    private static readonly KeyValuePair<string, string>[] s_boundedLog = [new("max-size", "10m"), new("max-file", "2"), new("compress", "false")];

    private static readonly string[] s_namespaces = ["network_mode", "pid", "ipc"];

    private readonly PodPlanInput _input;
    private readonly ComposeProject _project;
    private readonly ReplicaNames _replicas;
    private readonly PodPorts _ports;
    private readonly List<string> _warnings;
    private readonly ContainerNames _containers;
    private readonly IReadOnlyDictionary<string, string> _labels;

    /// <param name="warnings">What is to be told is added.</param>
    public ServiceRewriting(PodPlanInput input, ReplicaNames replicas, PodPorts ports, List<string> warnings)
    {
        _input = input;
        _project = input.Project;
        _replicas = replicas;
        _ports = ports;
        _warnings = warnings;
        _containers = ContainerNames.Of(input.Project, input.Task.Pod);
        _labels = LabelsOf(input.Task);
    }

    /// <summary>On networks, volumes and images, too: what is to be removed with the pod is found by them.</summary>
    public static IReadOnlyDictionary<string, string> MarksOf(PodTask task) => new Dictionary<string, string>
    {
        [PodLabels.Pod] = task.Pod,
        [PodLabels.Run] = task.RunId,
    };

    /// <summary>The services that one becomes: itself, or one for each replica that has ports of its own.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: its ports cannot be published.</exception>
    public IEnumerable<SourceField> Rewrite(SourceField field)
    {
        ComposeService service = _project.Services[field.Name];
        SourceMap common = Common((SourceMap)field.Value, service);
        IReadOnlyList<string> names = _replicas[field.Name];
        return names.Select(name => field with { Name = name, Value = OwnPorts(names.Count == 1 ? common : Replica(common, service), service, name) });
    }

    private static Dictionary<string, string> LabelsOf(PodTask task)
    {
        var labels = new Dictionary<string, string>();
        foreach (Label label in task.Labels)
        {
            // Compose finds its containers by its own, and settings are for us: files in a label above all need not be on each container.
            if (label.Key.Length > 0 && PodLabels.SettingOf(label.Key) is null && !label.Key.StartsWith(PodLabels.ComposePrefix, StringComparison.Ordinal))
            {
                labels[label.Key] = label.Value;
            }
        }

        foreach ((string name, string value) in MarksOf(task))
        {
            labels[name] = value;
        }

        labels[PodLabels.Task] = labels[PodLabels.OldTask] = task.TaskId;
        labels[PodLabels.Executor] = labels[PodLabels.OldExecutor] = task.ExecutorId;
        labels[PodLabels.Framework] = task.FrameworkId;
        labels[PodLabels.Sandbox] = task.Sandbox;
        return labels;
    }

    /// <summary>What is the same for all replicas.</summary>
    private SourceMap Common(SourceMap map, ComposeService service)
    {
        map = NameOfItsOwn(map, service);
        foreach (string key in s_namespaces)
        {
            if (map.Text(key)?.Split(':', 2) is ["container", var other] && _containers.Find(other) is { } renamed)
            {
                map = map.With(key, Nodes.Text(map[key]!.Mark, $"container:{renamed}"));
            }
        }

        map = References(map, "volumes_from", static text => text.Split(':') is ["container", var name, ..] ? name : null);
        map = References(map, "external_links", static text => text.Split(':')[0]);
        map = map.WithTexts("labels", _labels);
        if (map["build"] is not SourceMap build)
        {
            // The executor has pulled by then, with more credentials than compose has.
            map = map.Without("pull_policy");
        }
        else if (service.Image is null)
        {
            // It gets the name of the pod, and is removed with it.
            map = map.With("build", build.WithTexts("labels", MarksOf(_input.Task)));
        }

        if (_input.CgroupParent is { Length: > 0 } parent)
        {
            map = map.With("cgroup_parent", Nodes.Text(map.Mark, parent));
        }

        if (_input.BoundLogs && map["logging"] is null)
        {
            map = map.With("logging", Nodes.Empty(map.Mark)
                .With("driver", Nodes.Text(map.Mark, "local"))
                .With("options", Nodes.Texts(map.Mark, s_boundedLog)));
        }

        return Dependencies(map);
    }

    /// <summary>A container's name is the engine's only one; others of the pod still find it by the one that was written.</summary>
    private SourceMap NameOfItsOwn(SourceMap map, ComposeService service)
    {
        if (service.ContainerName is not { } name || _containers.Find(name) is not { } renamed)
        {
            return map;
        }

        map = map.With("container_name", Nodes.Text(map["container_name"]!.Mark, renamed));
        return name == service.Name ? map : NetworkAliases.Add(map, service, name);
    }

    private SourceMap References(SourceMap map, string key, Func<string, string?> containerOf)
        => map[key] is not SourceList list ? map : map.With(key, new SourceList(list.Mark, [.. list.Items.Select(item
            => item is SourceScalar text && containerOf(text.Value) is { } name && _containers.Find(name) is { } renamed
                ? Nodes.Text(item.Mark, Replace(text.Value, name, renamed))
                : item)]));

    private static string Replace(string text, string name, string renamed)
    {
        int at = text.StartsWith("container:", StringComparison.Ordinal) ? "container:".Length : 0;
        return text[..at] + renamed + text[(at + name.Length)..];
    }

    /// <summary>Whoever waits for a service waits for each of its replicas.</summary>
    private SourceMap Dependencies(SourceMap map)
        => map["depends_on"] is not SourceMap said ? map : map.With("depends_on", new SourceMap(
            said.Mark, [.. said.Fields.SelectMany(field => _replicas[field.Name].Select(name => field with { Name = name }))]));

    private static SourceMap Replica(SourceMap map, ComposeService service)
    {
        SourceMap alone = map.Without("scale");
        if (alone["deploy"] is SourceMap deploy)
        {
            alone = alone.With("deploy", deploy.Without("replicas"));
        }

        return NetworkAliases.Add(alone, service, service.Name);
    }

    private SourceMap OwnPorts(SourceMap map, ComposeService service, string name)
    {
        if (service.Ports.Count == 0 || !ServicePorts.HasContainers(service))
        {
            return map;
        }

        if (ServicePorts.HasNoNetworkOfItsOwn(service))
        {
            _warnings.Add($"The service '{service.Name}' has the network mode '{service.NetworkMode}', in which no ports are published; in the host's network it has to "
                + "listen on the ports that the task was given.");
            return map.Without("ports");
        }

        if (ServicePorts.SharesNetworkOf(service) is { } other)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid,
                $"{map["ports"]!.Mark}: the service '{service.Name}' shares the network of '{other}' and cannot publish ports itself; publish them there.");
        }

        return map.With("ports", Nodes.Texts(map["ports"]!.Mark, _ports.Give(name, service).Select(static port => port.Short)));
    }
}
