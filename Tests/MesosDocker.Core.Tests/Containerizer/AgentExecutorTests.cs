using MesosDocker.Adapters.Wire;
using MesosDocker.Containerizer;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;
using Status = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.Core.Tests.Containerizer;

/// <summary>The executor against an agent's API on the real wire.</summary>
public sealed class AgentExecutorTests : IAsyncDisposable
{
    private const string TaskId = "t";

    private static readonly MesosCodec s_codec = new();

    private readonly FakeAgent _agent = new() { TaskId = TaskId };
    private readonly List<UpdateLedger> _saved = [];

    [Fact]
    public async Task Ready_ComesWithTheTask_AfterTheSubscription()
    {
        await using AgentExecutor executor = Start();

        await executor.Ready;

        Assert.Equal("E", _agent.Subscribes[0].ExecutorId.Value);
        Assert.Equal("F", _agent.Subscribes[0].FrameworkId.Value);
        Assert.Contains(_saved, ledger => ledger.TaskReceived);
    }

    [Fact]
    public async Task Report_ArrivesInOrder_AndEndReturnsAtTheAcknowledgement()
    {
        await using AgentExecutor executor = Start();
        await executor.Ready;

        executor.Report(new TaskReport(TaskState.Starting, "pulling"));
        executor.Report(new TaskReport(TaskState.Running, "runs") { Container = new ContainerFacts(["172.17.0.9"], "[]"u8.ToArray()) });
        await executor.EndAsync(new TaskReport(TaskState.Failed, "exited with status 3"), CancellationToken.None);

        Assert.Equal([State.TaskStarting, State.TaskRunning, State.TaskFailed], _agent.Updates.Select(u => u.State));
        Status running = _agent.Updates[1];
        Assert.Equal("172.17.0.9", running.ContainerStatus.NetworkInfos[0].IpAddresses[0].IpAddress);
        Assert.Equal("[]", running.Data.ToStringUtf8());
        Assert.All(_agent.Updates, u => Assert.Equal(16, u.Uuid.Length));
        Assert.All(_agent.Updates, u => Assert.Equal(Status.Types.Source.Executor, u.Source));
        Assert.Empty(_saved[^1].Unacknowledged);
    }

    [Fact]
    public async Task Unacknowledged_GoesAgainWithTheNextSubscription_AndSoDoesTheTask()
    {
        _agent.Acknowledges = false;
        await using AgentExecutor executor = Start(checkpoint: true);
        await executor.Ready;
        executor.Report(new TaskReport(TaskState.Running, "runs"));
        Status first = await _agent.UpdateAsync(State.TaskRunning);

        _agent.Acknowledges = true;
        _agent.BreakStreams();
        await _agent.SubscribedAsync(2);
        await executor.EndAsync(new TaskReport(TaskState.Finished, "done"), CancellationToken.None);

        Assert.Equal(TaskId, _agent.Subscribes[1].Subscribe.UnacknowledgedTasks[0].TaskId.Value);
        Assert.Equal(first.Uuid, _agent.Subscribes[1].Subscribe.UnacknowledgedUpdates[0].Status.Uuid);
    }

    [Fact]
    public async Task Kill_BecomesAnOrder_WithItsGrace()
    {
        await using AgentExecutor executor = Start();
        await executor.Ready;

        _agent.Kill(TaskId, TimeSpan.FromSeconds(7));
        StopOrder order = await executor.Stop;

        Assert.Equal(TimeSpan.FromSeconds(7), order.Grace);
        Assert.False(order.IsFailure);
    }

    [Fact]
    public async Task Shutdown_LeavesTimeForTheLastUpdate()
    {
        await using AgentExecutor executor = Start();
        await executor.Ready;

        _agent.Shutdown();
        StopOrder order = await executor.Stop;

        Assert.Equal(TimeSpan.FromSeconds(4), order.Grace);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task Killing_IsToldOnly_ToAFrameworkThatUnderstands(bool capable, int told)
    {
        _agent.KillingCapability = capable;
        await using AgentExecutor executor = Start();
        await executor.Ready;

        executor.Report(new TaskReport(TaskState.Killing, "stopping"));
        await executor.EndAsync(new TaskReport(TaskState.Killed, "stopped"), CancellationToken.None);

        Assert.Equal(told, _agent.Updates.Count(u => u.State == State.TaskKilling));
    }

    [Fact]
    public async Task AgentThatComesBack_IsFoundAgain_WithCheckpointing()
    {
        await using AgentExecutor executor = Start(checkpoint: true);
        await executor.Ready;

        await _agent.StopAsync();
        executor.Report(new TaskReport(TaskState.Running, "told while nobody listens"));
        await Task.Delay(300);
        _agent.Start();

        await _agent.UpdateAsync(State.TaskRunning);
        Assert.False(executor.Stop.IsCompleted);
    }

    [Fact]
    public async Task AgentThatStaysAway_StopsTheTask_WithoutCheckpointing()
    {
        await using AgentExecutor executor = Start(checkpoint: false);
        await executor.Ready;

        await _agent.StopAsync();
        StopOrder order = await executor.Stop;

        Assert.True(order.IsFailure);
        Assert.Contains(_agent.Endpoint, order.By);
        await executor.EndAsync(new TaskReport(TaskState.Failed, "gone"), CancellationToken.None);
    }

    [Fact]
    public async Task AgentThatDisownsTheExecutor_StopsTheTask_AtOnce()
    {
        await using AgentExecutor executor = Start(checkpoint: true);
        await executor.Ready;

        _agent.Refusal = 400;
        _agent.BreakStreams();
        StopOrder order = await executor.Stop;

        Assert.True(order.IsFailure);
        Assert.Contains("refuses this executor", order.By);
    }

    [Fact]
    public async Task AgentThatRecovers_IsAskedAgain()
    {
        _agent.Refusal = 503;
        await using AgentExecutor executor = Start();
        await Task.Delay(400);
        Assert.False(executor.Ready.IsCompleted);

        _agent.Refusal = null;

        await executor.Ready;
    }

    [Fact]
    public async Task AgentBefore028_GetsItsOwnExecutor()
    {
        _agent.Refusal = 404;
        var overridden = new TaskCompletionSource();
        await using AgentExecutor executor = Start(runOverride: _ => overridden.Task);

        await executor.Ready;
        executor.Report(new TaskReport(TaskState.Running, "not told"));
        await executor.EndAsync(new TaskReport(TaskState.Finished, "not told"), CancellationToken.None);
        Assert.False(executor.Stop.IsCompleted);

        overridden.SetResult();
        Assert.Contains("mesos-executor", (await executor.Stop).By);
        await executor.SettleAsync(CancellationToken.None);
    }

    [Fact]
    public async Task EarlierSupervisorsLedger_IsTakenOver()
    {
        var left = new StatusUpdate
        {
            TaskId = TaskId,
            State = TaskState.Running,
            Message = "left over",
            Uuid = Guid.NewGuid(),
            Timestamp = DateTimeOffset.UtcNow,
        };
        await using AgentExecutor executor = Start(
            checkpoint: true, ledger: UpdateLedger.Empty.Add(left) with { TaskReceived = true });

        Assert.True(executor.Ready.IsCompleted);
        Status again = await _agent.UpdateAsync(State.TaskRunning);
        Assert.Equal(left.Uuid, new Guid(again.Uuid.Span, bigEndian: true));
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    private AgentExecutor Start(
        bool checkpoint = false, UpdateLedger? ledger = null, Func<CancellationToken, Task>? runOverride = null)
    {
        var launch = new Launch
        {
            ContainerId = ContainerId.Parse("c1"),
            AgentId = "S",
            Checkpoint = checkpoint,
            Task = new TaskInfo { Name = TaskId, TaskId = TaskId, Command = new CommandInfo { Value = "true" } },
            Executor = new ExecutorInfo { ExecutorId = "E", FrameworkId = "F" },
        };
        var environment = new Dictionary<string, string>
        {
            ["MESOS_AGENT_ENDPOINT"] = _agent.Endpoint,
            ["MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD"] = "5secs",
            ["MESOS_SUBSCRIPTION_BACKOFF_MAX"] = "200ms",
        };
        ExecutorRole role = ExecutorRole.From(launch, environment, TimeSpan.FromSeconds(30))!;
        return new AgentExecutor(
            role,
            s_codec,
            s_codec.EncodeLaunch(launch),
            ledger ?? UpdateLedger.Empty,
            _saved.Add,
            runOverride ?? (_ => Task.FromException(new InvalidOperationException("not expected"))),
            Log.Nowhere());
    }
}
