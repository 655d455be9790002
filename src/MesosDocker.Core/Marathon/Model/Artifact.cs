namespace MesosDocker.Marathon;

/// <summary>A file that Mesos fetches into the sandbox before the task starts.</summary>
public sealed record Artifact : MarathonObject
{
    public string? Uri { get; init; }

    /// <summary>True if not said.</summary>
    public bool? Extract { get; init; }

    public bool? Executable { get; init; }

    public bool? Cache { get; init; }

    public string? DestPath { get; init; }
}
