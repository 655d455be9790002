namespace MesosDocker.Docker;

/// <summary>
/// Lists and maps of records, grown without touching the ones they came from. Each growth copies: a line has some options, and the
/// immutable collections of the class library are a hundredth of the native executable.
/// </summary>
internal static class Persistent
{
    public static IReadOnlyList<T> Append<T>(this IReadOnlyList<T>? list, T item) => [.. list ?? [], item];

    public static IReadOnlyList<T> Append<T>(this IReadOnlyList<T>? list, IEnumerable<T> items) => [.. list ?? [], .. items];

    /// <summary>The list with the item instead of the first one that fits, or at the end.</summary>
    public static IReadOnlyList<T> Put<T>(this IReadOnlyList<T>? list, T item, Predicate<T> fits)
    {
        List<T> grown = [.. list ?? []];
        int index = grown.FindIndex(fits);
        if (index < 0)
        {
            grown.Add(item);
        }
        else
        {
            grown[index] = item;
        }

        return grown;
    }

    public static IReadOnlyDictionary<string, T> Put<T>(this IReadOnlyDictionary<string, T>? map, string key, T value)
    {
        Dictionary<string, T> grown = map.Copy();
        grown[key] = value;
        return grown;
    }

    public static Dictionary<string, T> Copy<T>(this IReadOnlyDictionary<string, T>? map)
        => map is null ? new Dictionary<string, T>(StringComparer.Ordinal) : new Dictionary<string, T>(map, StringComparer.Ordinal);

    /// <summary>By key, so that what is written of a map does not change from run to run.</summary>
    public static IEnumerable<KeyValuePair<string, T>> Sorted<T>(this IReadOnlyDictionary<string, T>? map)
        => (map ?? new Dictionary<string, T>()).OrderBy(static pair => pair.Key, StringComparer.Ordinal);
}
