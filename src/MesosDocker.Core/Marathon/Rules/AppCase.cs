namespace MesosDocker.Marathon;

/// <summary>One app before its judges.</summary>
/// <param name="Said">As it was written.</param>
/// <param name="At">Where in the document it is.</param>
/// <param name="Settings">Null: the Marathon it is meant for is not known.</param>
internal sealed record AppCase(App Said, Place At, MarathonSettings? Settings, Findings Found)
{
    /// <summary>In the spelling of today.</summary>
    public App Meant { get; } = CanonicalApp.Of(Said);

    public bool IsDocker => Meant.Container?.Type == ContainerTypes.Docker;

    public bool IsResident => Meant.Residency is not null;

    public IReadOnlyDictionary<string, SecretSource> Secrets => Said.Secrets ?? new Dictionary<string, SecretSource>();

    public IReadOnlyList<Network> Networks => Meant.Networks ?? [];

    public bool IsHost => Networks.All(static network => network.Mode == NetworkModes.Host);

    /// <summary>How many ports a health check can name by their place.</summary>
    public int PortCount => (Meant.Container?.PortMappings?.Count ?? Meant.PortDefinitions?.Count) ?? 0;

    /// <summary>Where the mappings were written, which may be inside the docker object.</summary>
    public Place MappingsAt
    {
        get
        {
            Place container = At["container"];
            return Said.Container?.PortMappings is not { Count: > 0 } && Said.Container?.Docker?.PortMappings is not null
                ? container["docker"]["portMappings"]
                : container["portMappings"];
        }
    }

    public void NeedsFeature(bool isUsed, string feature, Place place)
        => Found.ErrorIf(
            isUsed && Settings is not null && !Settings.Features.Contains(feature),
            place,
            $"needs the feature '{feature}', which this Marathon was started without (--enable_features {feature}).");
}
