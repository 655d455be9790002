using System.Globalization;
using System.Text.RegularExpressions;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>The environment that Marathon gives a task (TaskBuilder of 1.11): of the task and the app, of its ports, of its labels, its own.</summary>
internal static partial class TaskVariables
{
    private const int LongestLabel = 512;
    private const string LabelPrefix = "MARATHON_APP_LABEL_";

    /// <param name="app">In the spelling of today.</param>
    public static IReadOnlyList<string> Of(App app, string taskId, string host, IReadOnlyList<TaskPorts.Assigned> ports)
    {
        var variables = new OrderedDictionary<string, string>();
        foreach ((string name, string? value) in OfApp(app, taskId))
        {
            if (value is not null)
            {
                variables[name] = value;
            }
        }

        foreach ((string name, string value) in TaskPorts.Variables(ports))
        {
            variables[name] = value;
        }

        variables["HOST"] = host;
        foreach ((string name, EnvironmentValue value) in app.Env ?? new Dictionary<string, EnvironmentValue>())
        {
            if (value.Value is { } text)
            {
                variables[name] = text;
            }
        }

        return [.. variables.Select(static pair => $"{pair.Key}={pair.Value}")];
    }

    private static IEnumerable<(string Name, string? Value)> OfApp(App app, string taskId)
    {
        yield return ("MESOS_TASK_ID", taskId);
        yield return ("MARATHON_APP_ID", app.Id);
        yield return ("MARATHON_APP_VERSION", app.Version);
        yield return ("MARATHON_APP_DOCKER_IMAGE", app.Container?.Docker?.Image);
        yield return ("MARATHON_APP_RESOURCE_CPUS", Number(app.Cpus ?? 1));
        yield return ("MARATHON_APP_RESOURCE_MEM", Number(app.Mem ?? 128));
        yield return ("MARATHON_APP_RESOURCE_DISK", Number(app.Disk ?? 0));
        yield return ("MARATHON_APP_RESOURCE_GPUS", (app.Gpus ?? 0).ToString(CultureInfo.InvariantCulture));

        (string Name, string Value)[] labels = [.. (app.Labels ?? new Dictionary<string, string>())
            .Where(static label => label.Key.Length < LongestLabel - LabelPrefix.Length && label.Value.Length < LongestLabel)
            .Select(static label => (NoWord().Replace(label.Key, "_").ToUpperInvariant(), label.Value))];
        yield return ("MARATHON_APP_LABELS", string.Join(' ', labels.Select(static label => label.Name)));
        foreach ((string name, string value) in labels)
        {
            yield return (LabelPrefix + name, value);
        }
    }

    // As Scala writes it: 1.0
    private static string Number(double number) => number.ToString(number == Math.Floor(number) ? "0.0" : "R", CultureInfo.InvariantCulture);

    [GeneratedRegex("[^a-zA-Z0-9_]+")]
    private static partial Regex NoWord();
}
