namespace MesosDocker.Conversion;

/// <summary>Why keys cannot be carried, and what to do instead.</summary>
/// <param name="reason">Of every other key.</param>
/// <param name="instead">With every other key.</param>
internal sealed class KeyReasons(string reason, string? instead)
{
    private readonly List<(string[] Key, string Reason, string? Instead)> _rows = [];

    /// <param name="key">Also with all that is below it; a star stands for any name.</param>
    public KeyReasons Add(string key, string why, string? otherwise)
    {
        _rows.Add((key.Split('.'), why, otherwise));
        return this;
    }

    public KeyReasons Add(KeyReasons more)
    {
        _rows.AddRange(more._rows);
        return this;
    }

    /// <summary>Of the row that says most of the path.</summary>
    public (string Reason, string? Instead) Of(KeyPath path)
    {
        string[] names = [.. path.Parts.Where(static part => !part.StartsWith('['))];
        (string[] Key, string Reason, string? Instead) best = ([], reason, instead);
        foreach ((string[] Key, string Reason, string? Instead) row in _rows)
        {
            if (row.Key.Length > best.Key.Length && row.Key.Length <= names.Length && Fits(row.Key, names))
            {
                best = row;
            }
        }

        return (best.Reason, best.Instead);
    }

    private static bool Fits(string[] key, string[] names)
    {
        for (int i = 0; i < key.Length; i++)
        {
            if (key[i] != "*" && key[i] != names[i])
            {
                return false;
            }
        }

        return true;
    }
}
