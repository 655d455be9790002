namespace MesosDocker.Compose;

/// <summary>Devices that a service reserves (compose deploy specification, <c>devices</c>; <c>gpus</c> of a service).</summary>
public sealed record ComposeDeviceRequest
{
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    public string? Driver { get; init; }

    /// <summary>Null: all there are, or those of <see cref="DeviceIds"/>.</summary>
    public int? Count { get; init; }

    public IReadOnlyList<string> DeviceIds { get; init; } = [];

    public IReadOnlyDictionary<string, string> Options { get; init; } = ComposeEmpty.Values;

    /// <summary>One of its capabilities is <c>gpu</c>.</summary>
    public bool IsGpu => Capabilities.Contains("gpu");
}
