using System.Collections.Immutable;

namespace MesosDocker.Docker;

/// <summary>
/// Lists and maps of records, grown without touching the ones they came from. Growing shares structure, so that a line with ten
/// thousand variables does not copy all of them ten thousand times.
/// </summary>
internal static class Persistent
{
    public static ImmutableList<T> Append<T>(this IReadOnlyList<T>? list, T item) => list.Grow().Add(item);

    public static ImmutableList<T> Append<T>(this IReadOnlyList<T>? list, IEnumerable<T> items) => list.Grow().AddRange(items);

    /// <summary>The list with the item instead of the first one that fits, or at the end.</summary>
    public static ImmutableList<T> Put<T>(this IReadOnlyList<T>? list, T item, Predicate<T> fits)
    {
        ImmutableList<T> grown = list.Grow();
        int index = grown.FindIndex(fits);
        return index < 0 ? grown.Add(item) : grown.SetItem(index, item);
    }

    /// <summary>Sorted by key, so that what is made of it does not change from run to run.</summary>
    public static ImmutableSortedDictionary<string, T> Put<T>(this IReadOnlyDictionary<string, T>? map, string key, T value)
        => map.Grow().SetItem(key, value);

    public static ImmutableSortedDictionary<string, T> Grow<T>(this IReadOnlyDictionary<string, T>? map) => map switch
    {
        null => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal),
        ImmutableSortedDictionary<string, T> grown => grown,
        _ => ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, map),
    };

    private static ImmutableList<T> Grow<T>(this IReadOnlyList<T>? list)
        => list as ImmutableList<T> ?? list?.ToImmutableList() ?? [];
}
