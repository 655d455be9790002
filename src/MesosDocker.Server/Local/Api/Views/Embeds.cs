namespace MesosDocker.Local;

/// <summary>What a request wants told about apps and groups beside themselves (<c>embed=</c>, as often as one likes).</summary>
internal sealed record Embeds
{
    private static readonly string[] s_prefixes = ["group.apps.", "apps.", "app."];

    public bool Tasks { get; init; }

    public bool Counts { get; init; }

    public bool Deployments { get; init; }

    public bool Readiness { get; init; }

    public bool LastTaskFailure { get; init; }

    public bool TaskStats { get; init; }

    /// <summary>The apps of a group.</summary>
    public bool Apps { get; init; }

    /// <summary>The groups in a group.</summary>
    public bool Groups { get; init; }

    public bool Pods { get; init; }

    /// <summary>Of apps: what a list tells without being asked.</summary>
    public static Embeds OfList(IReadOnlyCollection<string> said) => OfApps(said) with { Counts = true, Deployments = true };

    /// <summary>Of one app: everything but statistics, as ever.</summary>
    public static Embeds OfOne(IReadOnlyCollection<string> said)
        => OfApps(said) with { Counts = true, Deployments = true, Tasks = true, LastTaskFailure = true };

    public static Embeds OfGroup(IReadOnlyCollection<string> said)
    {
        string[] words = said.Count > 0 ? [.. said] : ["group.apps", "group.groups", "group.pods"];
        return OfApps([.. words.Where(static word => word.StartsWith("group.apps.", StringComparison.Ordinal))]) with
        {
            Apps = words.Contains("group.apps"),
            Groups = words.Contains("group.groups"),
            Pods = words.Contains("group.pods"),
        };
    }

    // Words that nobody knows are passed over, as Marathon does it.
    private static Embeds OfApps(IReadOnlyCollection<string> said) => said.Select(WithoutPrefix).Aggregate(new Embeds(), static (all, word) => word switch
    {
        "tasks" => all with { Tasks = true, Deployments = true },
        "failures" => all with { Tasks = true, LastTaskFailure = true, Deployments = true },
        "deployments" => all with { Deployments = true },
        "readiness" => all with { Readiness = true },
        "lastTaskFailure" => all with { LastTaskFailure = true },
        "counts" => all with { Counts = true },
        "taskStats" => all with { TaskStats = true },
        _ => all,
    });

    private static string WithoutPrefix(string word)
        => s_prefixes.FirstOrDefault(prefix => word.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
            ? word[prefix.Length..]
            : word;
}
