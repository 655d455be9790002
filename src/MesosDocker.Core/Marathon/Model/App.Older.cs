namespace MesosDocker.Marathon;

// Spellings of older versions. They are read and written as they are; CanonicalApp turns them into those of today.
public sealed partial record App
{
    /// <summary>Before <see cref="PortDefinitions"/>.</summary>
    public IReadOnlyList<int>? Ports { get; init; }

    /// <summary>Before <see cref="Networks"/> (Marathon 1.5).</summary>
    public IpAddress? IpAddress { get; init; }

    /// <summary>Before <see cref="Fetch"/>.</summary>
    public IReadOnlyList<string>? Uris { get; init; }

    /// <summary>To Marathon 1.3: artifacts to be put into the artifact store.</summary>
    public IReadOnlyList<string>? StoreUrls { get; init; }
}
