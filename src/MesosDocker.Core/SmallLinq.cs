namespace MesosDocker;

/// <summary>
/// The operators of LINQ that this code uses most, without the base class library's fast paths. Those are virtual methods of a dozen
/// iterator types, and a native executable has all of them once for every value type they are used with: five megabytes of nine
/// (docs/decisions.md, A13). Being in the namespace above every other of ours, these are found before System.Linq's.
/// </summary>
internal static class SmallLinq
{
    public static IEnumerable<TResult> Select<T, TResult>(this IEnumerable<T> source, Func<T, TResult> selector)
    {
        foreach (T item in source)
        {
            yield return selector(item);
        }
    }

    public static IEnumerable<TResult> Select<T, TResult>(this IEnumerable<T> source, Func<T, int, TResult> selector)
    {
        int index = 0;
        foreach (T item in source)
        {
            yield return selector(item, index++);
        }
    }

    public static IEnumerable<T> Where<T>(this IEnumerable<T> source, Func<T, bool> predicate)
    {
        foreach (T item in source)
        {
            if (predicate(item))
            {
                yield return item;
            }
        }
    }

    public static IEnumerable<TResult> SelectMany<T, TResult>(this IEnumerable<T> source, Func<T, IEnumerable<TResult>> selector)
    {
        foreach (T item in source)
        {
            foreach (TResult inner in selector(item))
            {
                yield return inner;
            }
        }
    }

    public static IEnumerable<T> Skip<T>(this IEnumerable<T> source, int count)
    {
        foreach (T item in source)
        {
            if (count-- <= 0)
            {
                yield return item;
            }
        }
    }

    public static IEnumerable<T> Take<T>(this IEnumerable<T> source, int count)
    {
        if (count <= 0)
        {
            yield break;
        }

        foreach (T item in source)
        {
            yield return item;
            if (--count == 0)
            {
                yield break;
            }
        }
    }

    public static IEnumerable<T> Concat<T>(this IEnumerable<T> first, IEnumerable<T> second)
    {
        foreach (T item in first)
        {
            yield return item;
        }

        foreach (T item in second)
        {
            yield return item;
        }
    }

    public static IEnumerable<T> Append<T>(this IEnumerable<T> source, T last)
    {
        foreach (T item in source)
        {
            yield return item;
        }

        yield return last;
    }

    public static IEnumerable<T> Distinct<T>(this IEnumerable<T> source)
    {
        var seen = new HashSet<T>();
        foreach (T item in source)
        {
            if (seen.Add(item))
            {
                yield return item;
            }
        }
    }

    public static IEnumerable<T> Order<T>(this IEnumerable<T> source) => Sort(source, Comparer<T>.Default.Compare);

    public static IEnumerable<T> Order<T>(this IEnumerable<T> source, IComparer<T> comparer) => Sort(source, comparer.Compare);

    public static IEnumerable<T> OrderBy<T, TKey>(this IEnumerable<T> source, Func<T, TKey> key)
        => Sort(source, (a, b) => Comparer<TKey>.Default.Compare(key(a), key(b)));

    public static IEnumerable<T> OrderBy<T, TKey>(this IEnumerable<T> source, Func<T, TKey> key, IComparer<TKey> comparer)
        => Sort(source, (a, b) => comparer.Compare(key(a), key(b)));

    public static IEnumerable<T> OrderByDescending<T, TKey>(this IEnumerable<T> source, Func<T, TKey> key)
        => Sort(source, (a, b) => Comparer<TKey>.Default.Compare(key(b), key(a)));

    public static IEnumerable<T> Prepend<T>(this IEnumerable<T> source, T first)
    {
        yield return first;
        foreach (T item in source)
        {
            yield return item;
        }
    }

    public static IEnumerable<T> Reverse<T>(this IEnumerable<T> source)
    {
        var items = new List<T>(source);
        for (int i = items.Count - 1; i >= 0; i--)
        {
            yield return items[i];
        }
    }

    public static IEnumerable<T> TakeWhile<T>(this IEnumerable<T> source, Func<T, bool> predicate)
    {
        foreach (T item in source)
        {
            if (!predicate(item))
            {
                yield break;
            }

            yield return item;
        }
    }

    public static IEnumerable<T> OfType<T>(this IEnumerable<object?> source)
    {
        foreach (object? item in source)
        {
            if (item is T wanted)
            {
                yield return wanted;
            }
        }
    }

    public static IEnumerable<T> DistinctBy<T, TKey>(this IEnumerable<T> source, Func<T, TKey> key)
    {
        var seen = new HashSet<TKey>();
        foreach (T item in source)
        {
            if (seen.Add(key(item)))
            {
                yield return item;
            }
        }
    }

    public static IEnumerable<IGrouping<TKey, T>> GroupBy<T, TKey>(this IEnumerable<T> source, Func<T, TKey> key)
        where TKey : notnull
    {
        var groups = new List<Group<TKey, T>>();
        var found = new Dictionary<TKey, Group<TKey, T>>();
        foreach (T item in source)
        {
            TKey name = key(item);
            if (!found.TryGetValue(name, out Group<TKey, T>? group))
            {
                found[name] = group = new Group<TKey, T>(name);
                groups.Add(group);
            }

            group.Add(item);
        }

        return groups;
    }

    public static bool Any<T>(this IEnumerable<T> source)
    {
        using IEnumerator<T> items = source.GetEnumerator();
        return items.MoveNext();
    }

    public static bool Any<T>(this IEnumerable<T> source, Func<T, bool> predicate) => source.Where(predicate).Any();

    public static bool All<T>(this IEnumerable<T> source, Func<T, bool> predicate) => !source.Any(item => !predicate(item));

    public static int Count<T>(this IEnumerable<T> source)
    {
        int count = 0;
        foreach (T _ in source)
        {
            count++;
        }

        return count;
    }

    /// <exception cref="OverflowException">It is more than an int holds.</exception>
    public static int Sum<T>(this IEnumerable<T> source, Func<T, int> value) => checked((int)source.Sum(item => (long)value(item)));

    /// <exception cref="OverflowException">It is more than a long holds.</exception>
    public static long Sum<T>(this IEnumerable<T> source, Func<T, long> value)
    {
        long sum = 0;
        foreach (T item in source)
        {
            sum = checked(sum + value(item));
        }

        return sum;
    }

    public static int Count<T>(this IEnumerable<T> source, Func<T, bool> predicate) => source.Where(predicate).Count();

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static T First<T>(this IEnumerable<T> source, Func<T, bool> predicate)
    {
        foreach (T item in source.Where(predicate))
        {
            return item;
        }

        throw new InvalidOperationException();
    }

    public static T? FirstOrDefault<T>(this IEnumerable<T> source)
    {
        foreach (T item in source)
        {
            return item;
        }

        return default;
    }

    public static T? FirstOrDefault<T>(this IEnumerable<T> source, Func<T, bool> predicate) => source.Where(predicate).FirstOrDefault();

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static T Last<T>(this IEnumerable<T> source, Func<T, bool> predicate) => source.Reverse().First(predicate);

    public static T? LastOrDefault<T>(this IEnumerable<T> source) => source.Reverse().FirstOrDefault();

    public static T? LastOrDefault<T>(this IEnumerable<T> source, Func<T, bool> predicate) => source.Where(predicate).LastOrDefault();

    public static TResult Aggregate<T, TResult>(this IEnumerable<T> source, TResult start, Func<TResult, T, TResult> next)
    {
        TResult result = start;
        foreach (T item in source)
        {
            result = next(result, item);
        }

        return result;
    }

    /// <exception cref="ArgumentException">Two have the same key.</exception>
    public static Dictionary<TKey, T> ToDictionary<T, TKey>(this IEnumerable<T> source, Func<T, TKey> key)
        where TKey : notnull
        => source.ToDictionary(key, static item => item);

    /// <exception cref="ArgumentException">Two have the same key.</exception>
    public static Dictionary<TKey, TValue> ToDictionary<T, TKey, TValue>(
        this IEnumerable<T> source, Func<T, TKey> key, Func<T, TValue> value, IEqualityComparer<TKey>? comparer = null)
        where TKey : notnull
    {
        var dictionary = new Dictionary<TKey, TValue>(comparer);
        foreach (T item in source)
        {
            dictionary.Add(key(item), value(item));
        }

        return dictionary;
    }

    /// <summary>By merging, which keeps equals in their order, as LINQ's does.</summary>
    private static T[] Sort<T>(IEnumerable<T> source, Func<T, T, int> compare)
    {
        T[] sorted = [.. source];
        T[] merged = new T[sorted.Length];
        for (int width = 1; width < sorted.Length; width *= 2)
        {
            for (int start = 0; start < sorted.Length; start += 2 * width)
            {
                int middle = Math.Min(start + width, sorted.Length);
                int end = Math.Min(start + (2 * width), sorted.Length);
                (int left, int right) = (start, middle);
                for (int i = start; i < end; i++)
                {
                    bool fromLeft = left < middle && (right >= end || compare(sorted[left], sorted[right]) <= 0);
                    merged[i] = fromLeft ? sorted[left++] : sorted[right++];
                }
            }

            (sorted, merged) = (merged, sorted);
        }

        return sorted;
    }

    private sealed class Group<TKey, T>(TKey key) : List<T>, IGrouping<TKey, T>
    {
        public TKey Key { get; } = key;
    }
}
