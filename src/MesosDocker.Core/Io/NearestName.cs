namespace MesosDocker.Io;

/// <summary>What somebody probably meant.</summary>
internal static class NearestName
{
    private const int LongestName = 64;
    private const int ShortestName = 2;

    /// <summary>The candidate with the fewest typing mistakes between it and the name; null if none is near.</summary>
    public static string? Of(string name, IEnumerable<string> candidates)
    {
        if (name.Length is < ShortestName or > LongestName)
        {
            return null;
        }

        (string Name, int Mistakes) best = candidates
            .Select(candidate => (candidate, Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .OrderBy(static pair => pair.Item2)
            .FirstOrDefault();
        return best.Name is not null && best.Mistakes <= Math.Max(1, name.Length / 4) ? best.Name : null;
    }

    /// <summary>Letters to insert, delete, replace or exchange with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        int[] before = new int[b.Length + 1];
        int[] last = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int same = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + same);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last) = (last, row);
        }

        return last[b.Length];
    }
}
