using MesosDocker.Docker;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>
/// The <c>docker run</c> that an external containerizer makes of a task in the older container message, as Deimos did: options of the
/// message, then the task's resources, environment and command.
/// </summary>
internal static class RunOfLegacyApp
{
    private const string SandboxInside = "/tmp/mesos-sandbox";
    private const string EndOfOptions = "//";
    private const double SharesPerCpu = 1024;
    private const long BytesPerMegabyte = 1024 * 1024;

    public static DockerRun Of(App app, string image, IReadOnlyList<string> options, ExampleTask task, out IReadOnlyList<RunNote> notes)
    {
        App meant = CanonicalApp.Of(app with { Container = null });
        IReadOnlyList<TaskPorts.Assigned> ports = TaskPorts.Of(meant, task.FirstPort);
        int end = options.TakeWhile(static option => option != EndOfOptions).Count();
        DockerRun run = DockerRunParser.ParseOptions(
            [.. options.Take(end)], NoRunFiles.Instance, new DockerRun { Container = new ContainerSpec { WorkingDir = SandboxInside } });
        ContainerSpec said = run.Container;
        notes = ports.Count == 0 ? [] : [new RunNote("The ports that are offered are paired with those that the image exposes, which only the agent knows.")];
        return run with
        {
            Name = run.Name ?? task.ContainerName,
            Container = said with
            {
                Image = image,
                Env = [.. said.Env ?? [], .. TaskVariables.Of(meant, task.IdFor(meant), task.Host, ports)],
                Cmd = end < options.Count - 1 ? [.. options.Skip(end + 1)] : app.Cmd is { Length: > 0 } line ? ["sh", "-c", line] : app.Args,
                HostConfig = said.HostConfig with
                {
                    Binds = [$"{task.Sandbox}:{SandboxInside}", .. said.HostConfig.Binds ?? []],
                    CpuShares = (long)((meant.Cpus ?? 1) * SharesPerCpu),
                    Memory = (long)((meant.Mem ?? 128) * BytesPerMegabyte),
                },
            },
        };
    }
}
