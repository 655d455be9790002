namespace MesosDocker.Marathon;

/// <summary>Paths of the API, and what ids and options look like in them.</summary>
internal static class MarathonTargets
{
    public const string Apps = "v2/apps";
    public const string Groups = "v2/groups";

    /// <summary><c>v2/apps/shop/web</c> for <c>/shop/web</c>.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static string Of(string root, string? id)
    {
        IReadOnlyList<string> segments = PathId.Segments(PathId.Absolute(id ?? ""));
        return segments.Count == 0 ? root : $"{root}/{string.Join('/', segments.Select(Uri.EscapeDataString))}";
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static string App(string? id)
        => PathId.Absolute(id ?? "") is { Length: > 1 } absolute
            ? Of(Apps, absolute)
            : throw new MesosDockerException(Fault.DefinitionInvalid, $"'{id}' is no id of an app; one is a path such as /group/app.");

    public static string Group(string? id) => Of(Groups, id);

    /// <summary>Options that are null are left out.</summary>
    public static string With(this string target, params ReadOnlySpan<(string Name, string? Value)> options)
    {
        List<string> said = [];
        foreach ((string name, string? value) in options)
        {
            if (value is not null)
            {
                said.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }

        return said.Count == 0 ? target : $"{target}?{string.Join('&', said)}";
    }

    public static string Flag(bool value) => value ? "true" : "false";
}
