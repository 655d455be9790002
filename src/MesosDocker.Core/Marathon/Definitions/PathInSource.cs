using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>Follows the path of a finding, <c>/container/portMappings(0)/name</c>, through a document as far as it goes.</summary>
internal static class PathInSource
{
    public static SourceNode Find(SourceNode root, string path)
    {
        SourceNode at = root;
        string rest = path;
        while (rest.Length > 0 && Step(at, ref rest) is { } inner)
        {
            at = inner;
        }

        return at;
    }

    // Names may have slashes in them, those of labels for example: the longest name that fits is meant.
    private static SourceNode? Step(SourceNode at, ref string path)
    {
        if (at is SourceList list && path.StartsWith('(') && path.IndexOf(')', StringComparison.Ordinal) is var end and > 0
            && int.TryParse(path.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < list.Items.Count)
        {
            path = path[(end + 1)..];
            return list.Items[index];
        }

        if (at is not SourceMap map || !path.StartsWith('/'))
        {
            return null;
        }

        string names = path[1..];
        SourceField? best = map.Fields
            .Where(field => names.StartsWith(field.Name, StringComparison.Ordinal) && (names.Length == field.Name.Length || names[field.Name.Length] is '/' or '('))
            .OrderByDescending(static field => field.Name.Length)
            .FirstOrDefault();
        path = best is null ? path : names[best.Name.Length..];
        return best?.Value;
    }
}
