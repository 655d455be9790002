using MesosDocker.Mesos;
using CommandInfo = MesosDocker.Mesos.CommandInfo;

namespace MesosDocker.Commands;

/// <content>From the parameters to the message that an agent would send.</content>
public sealed partial class NewContainerizerLaunchCommand
{
    // Where the packages of Mesos have it.
    private const string Libexec = "/usr/libexec/mesos";

    private Launch BuildLaunch()
    {
        ContainerId id = Mesos.ContainerId.Parse(ContainerId ?? Guid.NewGuid().ToString());
        TaskInfo? task = AsExecutor ? null : BuildTask(id);
        return new Launch
        {
            ContainerId = id,
            Task = task,
            Executor = task is null ? BuildExecutor(id) : CommandExecutor.For(task, FrameworkId, Libexec),
            Directory = Directory is null ? null : GetUnresolvedProviderPathFromPSPath(Directory),
            User = User,
            AgentId = AgentId,
            AgentPid = AgentPid,
            Checkpoint = Checkpoint,
        };
    }

    private TaskInfo BuildTask(ContainerId id) => new()
    {
        TaskId = TaskId ?? id.Value,
        Name = TaskName ?? TaskId ?? id.Value,
        Resources = BuildResources(),
        Command = BuildCommand(),
        Container = BuildContainer(),
        HealthCheck = HealthCheck,
        KillGrace = KillGraceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Labels = [.. Label.Select(static pair => new Label(pair.Key, pair.Value))],
    };

    private ExecutorInfo BuildExecutor(ContainerId id) => new()
    {
        ExecutorId = ExecutorId ?? id.Value,
        FrameworkId = FrameworkId,
        Resources = BuildResources(),
        Command = BuildCommand(),
        Container = BuildContainer(),
        Labels = [.. Label.Select(static pair => new Label(pair.Key, pair.Value))],
    };

    private Resources BuildResources() => new()
    {
        Cpus = Cpus,
        Memory = Memory,
        Disk = Disk,
        Ports = [.. Port.SelectMany(PortRange.ParseList)],
    };

    private CommandInfo BuildCommand() => new()
    {
        Value = Command,
        Shell = ArgumentList is null,

        // The first of them is the program's own name; without a program they follow the image's entrypoint.
        Arguments = ArgumentList is null ? [] : Command is null ? ArgumentList : [Command, .. ArgumentList],
        User = User,
        Environment = [.. Environment.Select(static pair => new EnvironmentVariable(pair.Key, pair.Value))],
        Uris = Uri,
        Container = Image is null && Option.Length == 0 ? null : new LegacyContainer { Image = Image ?? "", Options = Option },
    };

    private ContainerInfo? BuildContainer() => DockerImage is null ? null : new ContainerInfo
    {
        Type = ContainerType.Docker,
        Hostname = Hostname,
        NetworkName = NetworkName,
        Volumes = [.. Volume.Select(Mesos.Volume.Parse)],
        Docker = new DockerInfo
        {
            Image = DockerImage,
            Network = Network ?? (NetworkName is null ? DockerNetwork.Host : DockerNetwork.User),
            PortMappings = [.. PortMapping.Select(Mesos.PortMapping.Parse)],
            Parameters = [.. Parameter.Select(static pair => new Parameter(pair.Key, pair.Value))],
            Privileged = Privileged,
            ForcePullImage = ForcePull,
        },
    };
}
