namespace MesosDocker.Conversion;

/// <summary>Maps laid over maps.</summary>
internal static class Layers
{
    /// <summary>All names of both, in the order in which they come; where both have one, what lies above counts.</summary>
    public static IReadOnlyDictionary<string, T> Lay<T>(IEnumerable<KeyValuePair<string, T>>? under, IEnumerable<KeyValuePair<string, T>>? over)
    {
        OrderedDictionary<string, T> laid = [];
        foreach ((string name, T value) in (under ?? []).Concat(over ?? []))
        {
            laid[name] = value;
        }

        return laid;
    }
}
