using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests;

/// <summary>The executor that we make up is the one that a real 1.0.4 agent made up for the same task.</summary>
public sealed class CommandExecutorTests
{
    [Theory]
    [InlineData("command-task")]
    [InlineData("command-task-no-shell")]
    [InlineData("command-task-legacy-container-field")]
    [InlineData("usage")]
    public void For_IsWhatTheAgentSends(string scenario)
    {
        using FileStream file = File.OpenRead(TestData.PathOf("ecp", scenario, "0001-launch", "request.frame"));
        Launch launch = MesosCodec.DecodeLaunch(Frames.Read(file)!);

        ExecutorInfo made = CommandExecutor.For(launch.Task!, launch.Executor!.FrameworkId, "/opt/mesos/libexec/mesos");

        Assert.Equivalent(launch.Executor, made, strict: true);
    }

    [Fact]
    public void For_GivesTheExecutorTheTasksContainer_AndOnlyTheTaskTheOldOne()
    {
        var task = new TaskInfo
        {
            Name = "web",
            TaskId = "web.1",
            Command = new CommandInfo { Container = new LegacyContainer { Image = "docker:///a" } },
            Container = new ContainerInfo { Type = ContainerType.Docker },
        };

        ExecutorInfo made = CommandExecutor.For(task, frameworkId: null, "/usr/libexec/mesos");

        Assert.Same(task.Container, made.Container);
        Assert.Null(made.Command!.Container);
        Assert.Equal(0.1m, made.Resources.Cpus);
        Assert.Equal(32, made.Resources.Memory);
    }
}
