using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Containerizer;

/// <summary>What becomes of a framework's own executor that its agent may have forgotten.</summary>
public sealed class FrameworksExecutorTests : IAsyncDisposable
{
    private readonly FakeAgent _agent = new();
    private readonly TaskCompletionSource<StopOrder> _stop = new();

    [Fact]
    public async Task CheckSubscription_AsksInTheExecutorsName_AndGoesOn()
    {
        await using FrameworksExecutor executor = Start();

        executor.CheckSubscription();
        while (_agent.Messages.Count == 0)
        {
            await Task.Delay(5);
        }

        Assert.Equal("E", _agent.Messages[0].ExecutorId.Value);
        Assert.Equal("F", _agent.Messages[0].FrameworkId.Value);
        Assert.True(_agent.Messages[0].Message.Data.IsEmpty);
        Assert.False(_stop.Task.IsCompleted);
    }

    [Fact]
    public async Task CheckSubscription_OfAnAgentThatHasForgottenIt_StopsTheContainer()
    {
        _agent.Refusal = 400;
        await using FrameworksExecutor executor = Start();

        executor.CheckSubscription();

        StopOrder order = await _stop.Task;
        Assert.True(order.IsFailure);
        Assert.Contains(_agent.Endpoint, order.By);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(503)]
    public async Task CheckSubscription_OfAnAgentThatIsNotReady_GoesOn(int status)
    {
        _agent.Refusal = status;
        FrameworksExecutor executor = Start();

        executor.CheckSubscription();
        while (_agent.Requests == 0)
        {
            await Task.Delay(5);
        }

        await executor.DisposeAsync();
        Assert.False(_stop.Task.IsCompleted);
    }

    [Fact]
    public async Task CheckSubscription_OfAnAgentThatIsAway_GoesOn()
    {
        await _agent.StopAsync();
        await using FrameworksExecutor executor = Start();

        executor.CheckSubscription();
        await Task.Delay(200);

        Assert.False(_stop.Task.IsCompleted);
    }

    [Fact]
    public void For_IsOnlyForExecutorsOfAFramework()
    {
        var launch = new Launch
        {
            ContainerId = ContainerId.Parse("c1"),
            AgentPid = _agent.Pid,
            Executor = new ExecutorInfo { ExecutorId = "E", FrameworkId = "F" },
        };
        var environment = new Dictionary<string, string>();
        var task = new TaskInfo { Name = "t", TaskId = "t" };

        Assert.NotNull(FrameworksExecutor.For(launch, environment, static _ => { }, Log.Nowhere()));
        Assert.Null(FrameworksExecutor.For(launch with { Task = task }, environment, static _ => { }, Log.Nowhere()));
        Assert.Null(FrameworksExecutor.For(launch with { AgentPid = null }, environment, static _ => { }, Log.Nowhere()));
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    private FrameworksExecutor Start()
    {
        var launch = new Launch { ContainerId = ContainerId.Parse("c1"), Executor = new ExecutorInfo { ExecutorId = "E", FrameworkId = "F" } };
        var environment = new Dictionary<string, string> { ["MESOS_AGENT_ENDPOINT"] = _agent.Endpoint };
        return FrameworksExecutor.For(launch, environment, order => _stop.TrySetResult(order), Log.Nowhere())!;
    }
}
