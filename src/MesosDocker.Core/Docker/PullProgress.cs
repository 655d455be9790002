namespace MesosDocker.Docker;

/// <summary>How far a pull has come. Sizes are bytes, of compressed layers.</summary>
/// <param name="Image">As a person writes it.</param>
/// <param name="Status">The engine's last word.</param>
/// <param name="Layers">In the order in which the engine named them.</param>
public sealed record PullProgress(string Image, string Status, IReadOnlyList<LayerProgress> Layers)
{
    public int LayersDone => Layers.Count(static layer => layer.IsDone);

    public long DownloadedBytes => Layers.Sum(static layer => layer.DownloadedBytes);

    /// <summary>Of the layers whose size is known so far; the engine learns sizes one by one.</summary>
    public long KnownBytes => Layers.Sum(static layer => layer.TotalBytes ?? 0);
}

/// <param name="Status"><c>Waiting Downloading Extracting</c> and so on.</param>
/// <param name="TotalBytes">Null: not known yet, or never, as the layer was there.</param>
public sealed record LayerProgress(string Id, string Status, long DownloadedBytes, long? TotalBytes, bool IsDone);

/// <param name="Digest">Of what the name stands for in the registry, <c>sha256:…</c>; null where the engine does not say.</param>
/// <param name="WasNew">Something was downloaded.</param>
public sealed record PullResult(string? Digest, bool WasNew);
