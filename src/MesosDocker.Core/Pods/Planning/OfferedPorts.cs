using System.Globalization;
using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>The host ports that a task was given.</summary>
internal static class OfferedPorts
{
    /// <summary>
    /// In the order in which the framework means them: Marathon tells it to its executors by <c>PORT0</c>, <c>PORT1</c>..., for on the way
    /// through Mesos ranges may come to be sorted; where nothing is told, in that of the resources.
    /// </summary>
    public static IReadOnlyList<int> Of(Resources resources, IReadOnlyDictionary<string, string> environment)
    {
        int[] offered = [.. resources.Ports.SelectMany(static range => range.Ports).Distinct()];
        int[] told = [.. Told(environment)];
        return told.Length == offered.Length && told.Order().SequenceEqual(offered.Order()) ? told : offered;
    }

    /// <summary>The variables by which a task is told of its ports: <c>PORT</c>, <c>PORT0</c>..., <c>PORTS</c>.</summary>
    public static IReadOnlyDictionary<string, string> Variables(IReadOnlyList<int> ports)
    {
        var variables = new Dictionary<string, string>();
        for (int i = 0; i < ports.Count; i++)
        {
            variables[string.Create(CultureInfo.InvariantCulture, $"PORT{i}")] = Text(ports[i]);
        }

        if (ports.Count > 0)
        {
            variables["PORT"] = Text(ports[0]);
            variables["PORTS"] = string.Join(',', ports.Select(Text));
        }

        return variables;
    }

    private static IEnumerable<int> Told(IReadOnlyDictionary<string, string> environment)
    {
        for (int i = 0;
            environment.TryGetValue(string.Create(CultureInfo.InvariantCulture, $"PORT{i}"), out string? text)
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port);
            i++)
        {
            yield return port;
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
