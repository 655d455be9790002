using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests;

/// <summary>The bytes of a real 1.0.4 agent, and what they mean.</summary>
public sealed class WireTests
{
    public static TheoryData<string> Requests() => [.. Directory
        .EnumerateFiles(TestData.PathOf("ecp"), "request.frame", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(TestData.PathOf("ecp"), Path.GetDirectoryName(path)!))
        .Order()];

    [Theory]
    [MemberData(nameof(Requests))]
    public void EveryRealRequest_IsUnderstood(string call)
    {
        byte[] message = Read(call);

        ContainerId id = call.EndsWith("launch", StringComparison.Ordinal) ? MesosCodec.DecodeLaunch(message).ContainerId
            : call.EndsWith("update", StringComparison.Ordinal) ? MesosCodec.DecodeUpdate(message).ContainerId
            : MesosCodec.DecodeContainerId(message);

        Assert.Contains(id.Value, File.ReadAllText(TestData.PathOf("ecp", call, "request.txt")));
    }

    [Fact]
    public void Launch_OfACommandTask_CarriesTaskAndExecutor()
    {
        Launch launch = MesosCodec.DecodeLaunch(Read("command-task/0001-launch"));

        Assert.True(launch.IsCommandTask);
        Assert.Equal("echo hi; sleep 3", launch.Task!.Command!.Value);
        Assert.True(launch.Task.Command.Shell);
        Assert.Equal(0.1m, launch.Task.Resources.Cpus);
        Assert.Equal(32m, launch.Task.Resources.Memory);
        Assert.Equal(0.2m, launch.Executor!.Resources.Cpus);
        Assert.Equal("21118169-3530-4250-bd70-2200e9517916-0001", launch.Executor.FrameworkId);
        Assert.Equal("slave(1)@127.0.0.1:5051", launch.AgentPid);
        Assert.False(launch.Checkpoint);
    }

    [Fact]
    public void Launch_KeepsTheLegacyContainerField_ThatTheAgentPassesOnUnknown()
    {
        Launch launch = MesosCodec.DecodeLaunch(Read("custom-executor-legacy-container-field/0001-launch"));

        Assert.Null(launch.Task);
        Assert.Equal("docker:///ubuntu:12.04", launch.Executor!.Command!.Container!.Image);
        Assert.Equal(["-v", "/a:/b"], launch.Executor.Command.Container.Options);
        Assert.Equal("busybox:latest", launch.Executor.Container!.Docker!.Image);
    }

    [Fact]
    public void Launch_GoesToTheWireAndBack_Unchanged()
    {
        foreach (string call in Directory.EnumerateDirectories(TestData.PathOf("ecp"), "*-launch", SearchOption.AllDirectories))
        {
            Launch launch = MesosCodec.DecodeLaunch(Read(Path.GetRelativePath(TestData.PathOf("ecp"), call)));

            Launch again = MesosCodec.DecodeLaunch(MesosCodec.EncodeLaunch(launch));

            Assert.Equivalent(launch, again, strict: true);
        }
    }

    private static byte[] Read(string call)
    {
        using FileStream file = File.OpenRead(TestData.PathOf("ecp", call, "request.frame"));
        return Frames.Read(file)!;
    }
}
