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
}
