namespace MesosDocker.Compose;

/// <summary>Where the output of a service's containers goes (compose specification, <c>logging</c>).</summary>
public sealed record ComposeLogging
{
    public string? Driver { get; init; }

    public IReadOnlyDictionary<string, string> Options { get; init; } = ComposeEmpty.Values;
}
