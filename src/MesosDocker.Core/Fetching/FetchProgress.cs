namespace MesosDocker.Fetching;

internal enum FetchPhase
{
    Downloading,
    Unpacking,
    Done,
}

/// <summary>How far one file is.</summary>
/// <param name="Uri">Without passwords.</param>
/// <param name="Bytes">Arrived, or unpacked.</param>
/// <param name="Total">As announced; null where nobody said.</param>
internal sealed record FetchProgress(string Uri, FetchPhase Phase, long Bytes, long? Total);
