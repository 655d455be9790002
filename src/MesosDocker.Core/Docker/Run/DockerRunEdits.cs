namespace MesosDocker.Docker;

/// <summary>Shorter ways to the inner records of a <see cref="DockerRun"/>.</summary>
internal static class DockerRunEdits
{
    public static HostConfig Host(this DockerRun run) => run.Container.HostConfig;

    public static DockerRun With(this DockerRun run, ContainerSpec container) => run with { Container = container };

    public static DockerRun With(this DockerRun run, HostConfig host) => run.With(run.Container with { HostConfig = host });
}
