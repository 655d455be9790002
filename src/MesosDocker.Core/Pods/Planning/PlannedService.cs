using MesosDocker.Docker;

namespace MesosDocker.Pods;

/// <summary>What the executor has to know of one service of a pod.</summary>
internal sealed record PlannedService
{
    /// <summary>Its key in the file that compose is given.</summary>
    public required string Name { get; init; }

    /// <summary>For people: of a replica with ports of its own, <c>web.2</c>.</summary>
    public required string Shown { get; init; }

    public int Replicas { get; init; } = 1;

    /// <summary>Null: it is built, and gets the name that compose gives it.</summary>
    public string? Image { get; init; }

    public string? Platform { get; init; }

    /// <summary>Null: as usual.</summary>
    public PullPolicy? Pull { get; init; }

    /// <summary>Compose builds its image before it starts it.</summary>
    public bool IsBuilt { get; init; }

    /// <summary>Another service waits for its end.</summary>
    public bool IsJob { get; init; }

    /// <summary>Whatever its end is, the engine starts it again: <c>always</c>, <c>unless-stopped</c>.</summary>
    public bool RestartsAlways { get; init; }

    /// <summary>What it may take after its stop signal, by its own word.</summary>
    public TimeSpan? StopGrace { get; init; }

    public bool HasTerminal { get; init; }

    /// <summary>Services that start before it, and are stopped after it.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];
}
