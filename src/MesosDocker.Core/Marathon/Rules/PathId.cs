namespace MesosDocker.Marathon;

/// <summary>Ids of apps, pods and groups: names with slashes between them, <c>/group/app</c>, <c>../other</c>.</summary>
internal static class PathId
{
    // Marathon's own routes begin with these after an id.
    private static readonly string[] s_reserved = ["restart", "tasks", "versions", ".", ".."];

    public static string Reserved => string.Join(", ", s_reserved);

    public static IReadOnlyList<string> Segments(string id)
        => id.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Dots divide a segment into names; <c>.</c> and <c>..</c> mean this group and the one around it.</summary>
    public static bool IsSegment(string segment)
        => segment is "." or ".." || segment.Split('.').All(Names.IsName);

    public static bool IsWellFormed(string id) => Segments(id).All(IsSegment);

    public static bool EndsReserved(string id)
        => Segments(id) is [.., var last] && s_reserved.Contains(last);

    public static bool IsAbsolute(string id) => id.StartsWith('/');

    public static bool IsTopLevel(string id) => Segments(id).Count == 1;

    /// <summary>The id from the root on, seen from <paramref name="group"/>, with <c>.</c> and <c>..</c> worked out.</summary>
    public static string Absolute(string id, string group = "/")
    {
        List<string> path = IsAbsolute(id) ? [] : [.. Segments(group)];
        foreach (string segment in Segments(id))
        {
            if (segment == "..")
            {
                path.RemoveRange(Math.Max(0, path.Count - 1), Math.Min(1, path.Count));
            }
            else if (segment != ".")
            {
                path.Add(segment);
            }
        }

        return "/" + string.Join('/', path);
    }

    public static string Parent(string absolute) => Absolute("..", absolute);
}
