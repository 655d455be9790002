namespace MesosDocker.Marathon;

/// <summary>One pod before its judges.</summary>
internal sealed record PodCase(Pod Said, MarathonSettings? Settings, Findings Found)
{
    public IReadOnlyList<PodContainer> Containers => Said.Containers ?? [];

    public IReadOnlyList<PodVolume> Volumes => Said.Volumes ?? [];

    public IReadOnlyList<Network> Networks => Said.Networks ?? [];

    public IReadOnlyDictionary<string, SecretSource> Secrets => Said.Secrets ?? new Dictionary<string, SecretSource>();

    public bool IsResident => Volumes.Any(static volume => volume.Persistent is not null);

    public void NeedsFeature(bool isUsed, string feature, Place place)
        => Found.ErrorIf(
            isUsed && Settings is not null && !Settings.Features.Contains(feature),
            place,
            $"needs the feature '{feature}', which this Marathon was started without (--enable_features {feature}).");
}
