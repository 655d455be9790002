using System.Globalization;
using MesosDocker.Marathon;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>
/// The environment that Marathon gives a task (docs/task-environment-vars.md of Marathon; what is told of ports as its
/// <c>EnvironmentHelper</c> has it). What the app says itself wins.
/// </summary>
internal static class TaskEnvironment
{
    private const int LongestVariable = 512;
    private const string LabelPrefix = "MARATHON_APP_LABEL_";

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: a variable's value is a secret.</exception>
    public static IReadOnlyList<EnvironmentVariable> For(App app, string taskId, IReadOnlyList<TaskPort> ports, string hostname)
    {
        var variables = new OrderedDictionary<string, string>();
        (string Name, string Value)[] all = [.. Context(app, taskId), ("HOST", hostname), .. Ports(ports), .. Own(app)];
        foreach ((string name, string value) in all)
        {
            variables[name] = value;
        }

        return [.. variables.Select(static pair => new EnvironmentVariable(pair.Key, pair.Value))];
    }

    private static IEnumerable<(string Name, string Value)> Context(App app, string taskId)
    {
        yield return ("MESOS_TASK_ID", taskId);
        yield return ("MARATHON_APP_ID", app.Id ?? "");
        yield return ("MARATHON_APP_VERSION", app.Version ?? "");
        if (app.Container is { Type: ContainerTypes.Docker, Docker.Image: { } image })
        {
            yield return ("MARATHON_APP_DOCKER_IMAGE", image);
        }

        yield return ("MARATHON_APP_RESOURCE_CPUS", Number(app.Cpus ?? AppDefaults.Cpus));
        yield return ("MARATHON_APP_RESOURCE_MEM", Number(app.Mem ?? AppDefaults.Memory));
        yield return ("MARATHON_APP_RESOURCE_DISK", Number(app.Disk ?? 0));
        yield return ("MARATHON_APP_RESOURCE_GPUS", (app.Gpus ?? 0).ToString(CultureInfo.InvariantCulture));
        yield return ("MARATHON_APP_ENFORCE_GROUP_ROLE", "FALSE");

        (string Name, string Value)[] labels = [.. (app.Labels ?? new Dictionary<string, string>())
            .Where(static label => label.Key.Length < LongestVariable - LabelPrefix.Length && label.Value.Length < LongestVariable)
            .Select(static label => (VariableOf(label.Key), label.Value))];
        yield return ("MARATHON_APP_LABELS", string.Join(' ', labels.Select(static label => label.Name)));
        foreach ((string name, string value) in labels)
        {
            yield return (LabelPrefix + name, value);
        }
    }

    private static IEnumerable<(string Name, string Value)> Ports(IReadOnlyList<TaskPort> ports)
    {
        for (int i = 0; i < ports.Count; i++)
        {
            string told = Number(ports[i].Told);
            yield return ($"PORT{Number(i)}", told);
            yield return ($"PORT_{Number(ports[i].Asked)}", told);
            if (ports[i].Name is { Length: > 0 } name)
            {
                yield return ($"PORT_{name.ToUpperInvariant()}", told);
            }
        }

        // A port that is the container's alone, and was asked for, is not among those assigned.
        int[] assigned =
        [
            .. ports.Select(static port => port.Host).OfType<int>(),
            .. ports.Select(static port => port.Generated).OfType<int>(),
        ];
        if (assigned.Length > 0)
        {
            yield return ("PORT", Number(assigned[0]));
        }

        if (ports.Count > 0)
        {
            yield return ("PORTS", string.Join(',', assigned.Select(Number)));
        }
    }

    private static IEnumerable<(string Name, string Value)> Own(App app)
    {
        foreach ((string name, EnvironmentValue value) in app.Env ?? new Dictionary<string, EnvironmentValue>())
        {
            yield return (name, value.Value ?? throw new MesosDockerException(
                Fault.DefinitionInvalid, $"The value of the variable '{name}' is a secret, and there is no secret store here."));
        }
    }

    /// <summary>As Marathon writes a fraction: <c>1.0</c>, <c>0.25</c>.</summary>
    private static string Number(double value) => value.ToString("0.0##############", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Each run of characters that no variable can have is one underscore.</summary>
    private static string VariableOf(string label)
    {
        var name = new System.Text.StringBuilder();
        bool gap = false;
        foreach (char c in label)
        {
            bool fits = char.IsAsciiLetterOrDigit(c) || c == '_';
            if (fits || !gap)
            {
                name.Append(fits ? char.ToUpperInvariant(c) : '_');
            }

            gap = !fits;
        }

        return name.ToString();
    }
}
