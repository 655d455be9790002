using MesosDocker.Containerizer;
using MesosDocker.Core.Tests.Docker;
using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class ContainerStopperTests
{
    private const string Kill = "POST /containers/x/kill";

    [Fact]
    public async Task ALaterOrder_BringsTheKillNearer_AndALongerOneDoesNotPutItOff()
    {
        var asked = new TaskCompletionSource();
        var killed = new TaskCompletionSource();
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Kill, FakeReply.Empty(204).ThenTell(asked), FakeReply.Empty(204).ThenTell(killed), FakeReply.Empty(204));
        using DockerEngine client = engine.Client();
        using var stop = new StopSwitch();
        using var ended = new CancellationTokenSource();
        var stopper = new ContainerStopper(client, "x", "SIGQUIT", process: null, TimeSpan.FromHours(1), stop, Log.Nowhere());
        Task stopping = stopper.RunAsync(static _ => { }, ended.Token);

        stop.Give(new StopOrder("the first", null));
        await asked.Task;
        stop.Give(new StopOrder("the second", TimeSpan.FromDays(365)));
        stop.Give(new StopOrder("the third", TimeSpan.Zero));
        await killed.Task;
        await ended.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopping);
        Assert.Equal(["SIGQUIT", "SIGKILL"], engine.Asked.Take(2).Select(static request => request.Query("signal")!));
        Assert.Equal("the first", stop.First?.By);
    }

    /// <summary>A signal may come as the program ends.</summary>
    [Fact]
    public void Give_AfterTheEnd_HarmsNothing()
    {
        var stop = new StopSwitch();
        stop.Dispose();

        stop.Give(new StopOrder("a signal", null));

        Assert.Equal("a signal", stop.First?.By);
    }
}
