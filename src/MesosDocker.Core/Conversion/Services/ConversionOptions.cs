namespace MesosDocker.Conversion;

/// <summary>What a project is to become beyond what its files say.</summary>
public sealed record ConversionOptions
{
    /// <summary>Relative to <see cref="Group"/> if it has no slash before it; null: the project's name.</summary>
    public string? Id { get; init; }

    /// <summary>What ids are relative to.</summary>
    public string Group { get; init; } = "/";

    /// <summary>The network, known to every agent, in the place of the project's own networks; null: a bridge.</summary>
    public string? Network { get; init; }

    /// <summary>Ports of the host stay as they are said; else agents give some, and those become service ports.</summary>
    public bool KeepsHostPorts { get; init; }
}
