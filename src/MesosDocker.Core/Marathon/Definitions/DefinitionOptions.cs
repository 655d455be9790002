namespace MesosDocker.Marathon;

/// <summary>How definitions are read.</summary>
public sealed record DefinitionOptions
{
    // What Marathon and Mesos set for each task.
    private static readonly string[] s_ofTasks = ["HOST", "PORT", "PORTS", "MESOS_", "MARATHON_", "PORT_"];

    /// <summary>Stronger than <see cref="Environment"/>.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>False: texts stay as they are.</summary>
    public bool Expand { get; init; } = true;

    /// <summary>What ids without a slash before them are relative to.</summary>
    public string Group { get; init; } = "/";

    internal string? ValueOf(string name)
        => Variables.TryGetValue(name, out string? given) ? given
            : IsOfTask(name) ? null
            : Environment.GetValueOrDefault(name);

    /// <summary>Whether a task will have the variable, so that <c>${PORT0}</c> in a command is meant for its shell.</summary>
    internal static bool IsOfTask(string name)
        => s_ofTasks.Contains(name)
            || s_ofTasks.Any(prefix => prefix.EndsWith('_') && name.StartsWith(prefix, StringComparison.Ordinal))
            || (name.Length > 4 && name.StartsWith("PORT", StringComparison.Ordinal) && name.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0);
}
