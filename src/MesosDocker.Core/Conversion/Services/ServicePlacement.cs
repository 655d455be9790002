using System.Globalization;

namespace MesosDocker.Conversion;

/// <summary>Where a service may run: placement as constraints of Marathon, each a field, an operator and, for most, a value.</summary>
internal static class ServicePlacement
{
    private const string Constraints = "deploy.placement.constraints";
    private const string Attributes = "Agents have attributes (--attributes); ask for one with node.labels.NAME == VALUE.";

    private static readonly string[] s_labels = ["node.labels.", "engine.labels."];

    /// <summary>Which agents fit.</summary>
    public static List<IReadOnlyList<string>> OfAgents(ServiceCase service)
    {
        List<IReadOnlyList<string>> found = [];
        IReadOnlyList<string> constraints = service.Service.Deploy?.Constraints ?? [];
        for (int i = 0; i < constraints.Count; i++)
        {
            Add(found, service.Keys, ((KeyPath)Constraints)[i], Read(constraints[i]), "Mesos knows hostnames and attributes of agents only.");
        }

        return found;
    }

    /// <summary>Which agents fit, and how tasks are spread over them.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(ServiceCase service)
    {
        if (service.Service.Deploy is not { } deploy)
        {
            return [];
        }

        List<IReadOnlyList<string>> found = OfAgents(service);
        for (int i = 0; i < deploy.Spread.Count; i++)
        {
            KeyPath key = ((KeyPath)"deploy.placement.preferences")[i];
            Add(found, service.Keys, key, Attribute(deploy.Spread[i]) is { } field ? [field, "GROUP_BY"] : null, "Tasks can be spread over attributes of agents only.");
        }

        if (deploy.MaxReplicasPerNode is > 0 and { } most)
        {
            Add(found, service.Keys, "deploy.placement.max_replicas_per_node", PerHost(most), "");
        }

        if (deploy.Mode is { } mode)
        {
            Mode(service, mode, found);
        }

        return Distinct(found);
    }

    /// <summary>Marathon refuses the same one twice.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Distinct(IEnumerable<IReadOnlyList<string>> constraints)
        => [.. constraints.DistinctBy(static constraint => string.Join('\n', constraint))];

    private static void Mode(ServiceCase service, string mode, List<IReadOnlyList<string>> found)
    {
        service.Keys.Carry("deploy.mode");
        if (mode == "global")
        {
            found.Add(PerHost(1));
            service.Keys.Lose(
                "deploy.mode", "Marathon does not start a task on every agent by itself.", "At most one runs on each; give the app as many instances as there are agents.");
        }
        else if (mode != "replicated")
        {
            service.Keys.Lose("deploy.mode", "Marathon starts a task again whenever it ends.", "Run what ends once with Invoke-MesosDockerTask.");
        }
    }

    private static IReadOnlyList<string> PerHost(int most)
        => most == 1 ? ["hostname", "UNIQUE"] : ["hostname", "MAX_PER", most.ToString(CultureInfo.InvariantCulture)];

    private static void Add(List<IReadOnlyList<string>> found, KeyLedger keys, KeyPath key, IReadOnlyList<string>? constraint, string reason)
    {
        if (constraint is null)
        {
            keys.Lose(key, reason, Attributes);
        }
        else
        {
            keys.Carry(key);
            found.Add(constraint);
        }
    }

    // FIELD == VALUE, FIELD != VALUE
    internal static IReadOnlyList<string>? Read(string text)
    {
        bool isUnequal = text.Contains("!=", StringComparison.Ordinal);
        string[] parts = [.. text.Split(isUnequal ? "!=" : "==", 2).Select(static part => part.Trim())];
        return parts is not [var name, { Length: > 0 } value] || Field(name) is not { } field ? null
            : isUnequal ? [field, "UNLIKE", JavaText.Escape(value)]
            : [field, "CLUSTER", value];
    }

    private static string? Field(string name) => name == "node.hostname" ? "hostname" : Attribute(name);

    private static string? Attribute(string name)
        => s_labels.FirstOrDefault(prefix => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal)) is { } found ? name[found.Length..] : null;
}
