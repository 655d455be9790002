using MesosDocker.Marathon;

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

    /// <summary>How many tasks are to run the project; null: one.</summary>
    public int? Instances { get; init; }

    /// <summary>Where the files of a pod are fetched from; a URI with a slash at its end is a directory with all of them. Empty: they are
    /// carried in a label.</summary>
    public IReadOnlyList<Artifact> Fetch { get; init; } = [];

    /// <summary>Variables that the app of a pod is given besides, so that the pod's secrets may be made of them.</summary>
    public IReadOnlyCollection<string> Variables { get; init; } = [];

    /// <summary>The path of the pod executor on agents.</summary>
    public string Executor { get; init; } = AppOfPod.UsualExecutor;
}
