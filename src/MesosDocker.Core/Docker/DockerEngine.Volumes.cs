using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>A named volume of the engine.</summary>
public sealed record VolumeDetails
{
    public required string Name { get; init; }

    public string? Driver { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    internal static VolumeDetails From(JsonElement json) => new()
    {
        Name = json.RequiredText("Name"),
        Driver = json.Text("Driver"),
        Labels = json.TextMap("Labels") ?? new Dictionary<string, string>(),
    };
}

public sealed partial class DockerEngine
{
    /// <param name="labels"><c>name</c> or <c>name=value</c>, all of them.</param>
    public Task<IReadOnlyList<VolumeDetails>> ListVolumesAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken)
        => AskAsync(
            Get(new RequestPath("volumes").With("filters", Filters(("label", labels))), "list volumes"),
            static json => json.List("Volumes", VolumeDetails.From) ?? [],
            cancellationToken);

    /// <exception cref="MesosDockerException"><see cref="Fault.VolumeNotFound"/>; <see cref="Fault.EngineConflict"/>: a container has
    /// it.</exception>
    public Task RemoveVolumeAsync(string volume, CancellationToken cancellationToken)
        => AskAsync(Delete(RequestPath.OfVolume(volume), $"remove volume '{volume}'", Fault.VolumeNotFound), cancellationToken);
}
