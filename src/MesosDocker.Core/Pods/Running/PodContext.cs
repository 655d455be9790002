using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>What all pods of an executor work with.</summary>
internal sealed record PodContext
{
    public required DockerEngine Engine { get; init; }

    /// <summary>Of the docker client: where it keeps its credentials.</summary>
    public required EngineOptions EngineOptions { get; init; }

    /// <summary>What the agent gave its executor.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required IYaml Yaml { get; init; }

    public required SandboxStreams Streams { get; init; }

    /// <summary>What there is to know of the engine and of our place on this machine.</summary>
    public required PodGround Ground { get; init; }

    public required Log Log { get; init; }
}
