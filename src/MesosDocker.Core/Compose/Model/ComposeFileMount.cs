namespace MesosDocker.Compose;

/// <summary>A secret or a config that a service is given as a file.</summary>
public sealed record ComposeFileMount
{
    /// <summary>The key of the secret or config.</summary>
    public required string Source { get; init; }

    /// <summary>The path in the container: <c>/run/secrets/&lt;source&gt;</c> or <c>/&lt;source&gt;</c> where the file says none.</summary>
    public required string Target { get; init; }

    public string? UserId { get; init; }

    public string? GroupId { get; init; }

    /// <summary>Its permission bits.</summary>
    public int? FileMode { get; init; }
}
