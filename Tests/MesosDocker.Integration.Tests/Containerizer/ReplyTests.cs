using System.Diagnostics;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>Replies to an agent that takes its time to read them.</summary>
public sealed class ReplyTests(EngineFixture engine)
{
    [Fact]
    public async Task Reply_IsRead_BeforeTheProgramEnds()
    {
        await using var hook = new HookFixture(engine);
        using Process program = hook.Start("containers");

        // Its first byte alone is no reply.
        Stream reply = program.StandardOutput.BaseStream;
        byte[] frame = new byte[4];
        await reply.ReadExactlyAsync(frame.AsMemory(0, 1));
        Assert.False(program.WaitForExit(TimeSpan.FromMilliseconds(500)));
        await reply.ReadExactlyAsync(frame.AsMemory(1));
        await program.WaitForExitAsync();

        Assert.Equal(new byte[4], frame);
        Assert.Equal(0, program.ExitCode);
    }

    [Fact]
    public async Task Wait_WhoseReaderGoes_HasNotToldTheAgent()
    {
        await using var hook = new HookFixture(engine);
        Launch launch = hook.Executor("true");
        await hook.LaunchAsync(launch);
        await HookFixture.UntilAsync(() => hook.Store.Find(launch.ContainerId).ReadTermination() is not null, "its end");
        using Process program = hook.Start("wait");
        Frames.Write(program.StandardInput.BaseStream, MesosCodec.EncodeContainerId(launch.ContainerId));
        await program.StandardOutput.BaseStream.ReadExactlyAsync(new byte[1]);

        program.StandardOutput.Close();
        await program.WaitForExitAsync();

        Assert.Equal([launch.ContainerId.Value], await hook.ContainersAsync());
        await hook.WaitAsync(launch.ContainerId);
        Assert.Empty(await hook.ContainersAsync());
    }
}
