using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>What a supervisor works with: its container's directory, the launch, the configuration and the world.</summary>
internal sealed record SupervisorContext
{
    public required StateStore Store { get; init; }

    public required ContainerDirectory Directory { get; init; }

    public required LaunchContext Call { get; init; }

    public required Launch Launch { get; init; }

    /// <summary>The raw Launch message.</summary>
    public required byte[] Request { get; init; }

    public required ContainerizerSettings Settings { get; init; }

    public required DockerEngine Engine { get; init; }

    /// <summary>This program, for starting it again.</summary>
    public required string Executable { get; init; }

    public required Log Log { get; init; }

    public TaskView Task => TaskView.Of(Launch);

    /// <summary>The directory of the host that the container sees.</summary>
    public string MountedSandbox => SandboxFolder.Mounted(Task, Settings.Containers, Call.Sandbox);
}
