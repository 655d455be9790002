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

    private readonly FakeAgent _agent = new() { TaskId = TaskId };
    private readonly List<UpdateLedger> _saved = [];
    private readonly TaskCompletionSource<StopOrder> _stop = new();

    [Fact]
    public async Task Ready_ComesWithTheTask_AfterTheSubscription()
    {
        await using AgentExecutor executor = Start();

        await executor.Ready;

        Assert.Equal("E", _agent.Subscribes[0].ExecutorId.Value);
        Assert.Equal("F", _agent.Subscribes[0].FrameworkId.Value);
        Assert.Contains(_saved, static ledger => ledger.HasReceived(TaskId));
    }

    [Fact]
    public async Task Report_ArrivesInOrder_AndEndReturnsAtTheAcknowledgement()
    {
        await using AgentExecutor executor = Start();
        await executor.Ready;

        executor.Report(new TaskReport(TaskState.Starting, "pulling"));
        executor.Report(new TaskReport(TaskState.Running, "runs") { Container = new ContainerFacts(["172.17.0.9"], "[]"u8.ToArray()) });
        await executor.EndAsync(new TaskReport(TaskState.Failed, "exited with status 3"), CancellationToken.None);

        Assert.Equal([State.TaskStarting, State.TaskRunning, State.TaskFailed], _agent.States);
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
        StopOrder order = await _stop.Task;

        Assert.Equal(TimeSpan.FromSeconds(7), order.Grace);
        Assert.False(order.IsFailure);
    }

    [Fact]
    public async Task Shutdown_LeavesTimeForTheLastUpdate()
    {
        await using AgentExecutor executor = Start();
        await executor.Ready;

        _agent.Shutdown();
        StopOrder order = await _stop.Task;

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
        Assert.False(_stop.Task.IsCompleted);
    }

    [Fact]
    public async Task AgentThatStaysAway_StopsTheTask_WithoutCheckpointing()
    {
        await using AgentExecutor executor = Start(checkpoint: false);
        await executor.Ready;

        await _agent.StopAsync();
        StopOrder order = await _stop.Task;

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
        StopOrder order = await _stop.Task;

        Assert.True(order.IsFailure);
        Assert.Contains("refuses this executor", order.By);
    }

    [Fact]
    public async Task AgentThatRefusesAnUpdate_HasForgottenTheExecutor_WhoseStreamItLeftOpen()
    {
        await using AgentExecutor executor = Start(checkpoint: true);
        await executor.Ready;

        _agent.Refusal = 400;
        executor.Report(new TaskReport(TaskState.Running, "runs"));
        StopOrder order = await _stop.Task;

        Assert.True(order.IsFailure);
        await executor.EndAsync(new TaskReport(TaskState.Failed, "stopped"), CancellationToken.None);
    }

    [Fact]
    public async Task AgentThatForbidsAnUpdate_GetsItAgain()
    {
        await using AgentExecutor executor = Start(checkpoint: true);
        await executor.Ready;
        int before = _agent.Requests;

        _agent.Refusal = 403;
        executor.Report(new TaskReport(TaskState.Running, "runs"));
        while (_agent.Requests == before)
        {
            await Task.Delay(5);
        }

        _agent.Refusal = null;
        await _agent.UpdateAsync(State.TaskRunning);
        Assert.False(_stop.Task.IsCompleted);
    }

    [Fact]
    public async Task Shutdown_EndsTheWaitForAnAcknowledgement()
    {
        _agent.Acknowledges = false;
        await using AgentExecutor executor = Start(checkpoint: true);
        await executor.Ready;
        Task ending = executor.EndAsync(new TaskReport(TaskState.Killed, "stopped"), CancellationToken.None);
        await _agent.UpdateAsync(State.TaskKilled);
        Assert.False(ending.IsCompleted);

        _agent.Shutdown();

        await ending;
    }

    [Fact]
    public async Task CheckSubscription_OfAnAgentThatKnowsUs_ChangesNothing()
    {
        await using AgentExecutor executor = Start(checkpoint: true);
        await executor.Ready;

        executor.CheckSubscription();
        await _agent.SubscribedAsync(2);

        await executor.EndAsync(new TaskReport(TaskState.Finished, "done"), CancellationToken.None);
        Assert.False(_stop.Task.IsCompleted);
    }

    [Fact]
    public async Task CheckSubscription_OfAnAgentThatHasForgottenUs_StopsTheTask()
    {
        await using AgentExecutor executor = Start(checkpoint: true);
        await executor.Ready;

        _agent.Refusal = 400;
        executor.CheckSubscription();

        Assert.True((await _stop.Task).IsFailure);
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
        Assert.False(_stop.Task.IsCompleted);

        overridden.SetResult();
        Assert.Contains("mesos-executor", (await _stop.Task).By);
        await executor.SettleAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Kill_OfAnotherTask_IsNoOrder()
    {
        await using AgentExecutor executor = Start();
        await executor.Ready;

        _agent.Kill("another");
        _agent.Kill(TaskId, TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(3), (await _stop.Task).Grace);
    }

    [Fact]
    public async Task SecondTask_IsRefused_AndTheFirstGoesOn()
    {
        await using AgentExecutor executor = Start();
        await executor.Ready;

        _agent.Launch("another");
        _agent.Launch(TaskId);
        Status refused = await _agent.UpdateAsync(State.TaskFailed);
        await executor.EndAsync(new TaskReport(TaskState.Finished, "done"), CancellationToken.None);

        Assert.Equal("another", refused.TaskId.Value);
        Assert.Equal([State.TaskFailed, State.TaskFinished], _agent.States);
        Assert.False(_stop.Task.IsCompleted);
    }

    [Fact]
    public async Task Updates_AreKeptBack_UntilTheTaskIsHandedOver()
    {
        _agent.TaskId = null;
        await using AgentExecutor executor = Start(checkpoint: true);
        executor.Report(new TaskReport(TaskState.Starting, "pulling"));
        await _agent.SubscribedAsync();
        _agent.BreakStreams();
        await _agent.SubscribedAsync(2);
        Task ending = executor.EndAsync(new TaskReport(TaskState.Failed, "no such image"), CancellationToken.None);
        Assert.Empty(_agent.Updates);
        Assert.Empty(_agent.Subscribes[1].Subscribe.UnacknowledgedUpdates);

        _agent.Launch(TaskId);
        await ending;

        Assert.Equal([State.TaskStarting, State.TaskFailed], _agent.States);
    }

    [Fact]
    public async Task End_OfATaskThatIsNeverHandedOver_DoesNotWaitForEver()
    {
        _agent.TaskId = null;
        await using AgentExecutor impatient = Start(subscribeTimeout: TimeSpan.FromMilliseconds(300));
        await using AgentExecutor told = Start();
        await _agent.SubscribedAsync(2);

        await impatient.EndAsync(new TaskReport(TaskState.Failed, "no such image"), CancellationToken.None);
        _agent.Shutdown();
        await told.EndAsync(new TaskReport(TaskState.Failed, "no such image"), CancellationToken.None);

        Assert.Empty(_agent.Updates);
    }

    [Fact]
    public async Task Error_IsAnsweredWithANewSubscription()
    {
        await using AgentExecutor executor = Start();
        await executor.Ready;

        _agent.Fail("something is wrong with you");
        await _agent.SubscribedAsync(2);

        await executor.EndAsync(new TaskReport(TaskState.Finished, "done"), CancellationToken.None);
        Assert.False(_stop.Task.IsCompleted);
    }

    [Theory]
    [InlineData(307)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task AgentThatIsBusyWithItself_IsAskedAgain_AndStaysOurs(int status)
    {
        await using AgentExecutor executor = Start(checkpoint: true);
        await executor.Ready;
        int before = _agent.Requests;

        _agent.Refusal = status;
        _agent.BreakStreams();
        while (_agent.Requests < before + 2)
        {
            await Task.Delay(5);
        }

        _agent.Refusal = null;
        await _agent.SubscribedAsync(2);
        await executor.EndAsync(new TaskReport(TaskState.Finished, "done"), CancellationToken.None);
        Assert.False(_stop.Task.IsCompleted);
    }

    /// <summary>Something stands between, and answers in no character set that there is, without an end.</summary>
    [Fact]
    public async Task RefusalThatCannotBeRead_IsAskedAgain()
    {
        await using var strange = new RawServer(static async request =>
        {
            await request.WriteAsync("HTTP/1.1 503 No\r\nContent-Type: text/html; charset=klingon\r\nContent-Length: 9999999999\r\n\r\n");
            await request.WriteAsync(new string('x', 4096));
        });
        await using AgentExecutor executor = Start(endpoint: $"127.0.0.1:{strange.Port}");
        while (strange.Requests.Count < 2)
        {
            await Task.Delay(5);
        }

        Assert.False(_stop.Task.IsCompleted);
    }

    [Theory]
    [InlineData("<html>It works!</html>")]
    [InlineData("5\nshort")]
    [InlineData("99999999999\n")]
    [InlineData("2")]
    [InlineData("")]
    public async Task AgentThatTalksNonsense_IsAskedAgain(string nonsense)
    {
        _agent.Garbage = nonsense;
        await using AgentExecutor executor = Start();
        while (_agent.Requests < 3)
        {
            await Task.Delay(5);
        }

        Assert.False(executor.Ready.IsCompleted);
        _agent.Garbage = null;

        await executor.Ready;
        Assert.False(_stop.Task.IsCompleted);
    }

    [Fact]
    public async Task UpdateThatIsRefused_IsSentAgain_BeforeTheNext()
    {
        await using AgentExecutor executor = Start();
        await executor.Ready;
        int before = _agent.Requests;
        _agent.UpdateRefusal = 503;

        executor.Report(new TaskReport(TaskState.Running, "runs"));
        while (_agent.Requests == before)
        {
            await Task.Delay(5);
        }

        _agent.UpdateRefusal = null;
        await executor.EndAsync(new TaskReport(TaskState.Finished, "done"), CancellationToken.None);

        Assert.Equal([State.TaskRunning, State.TaskFinished], _agent.States);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Events_AreRead_HoweverTheyArrive(int piece)
    {
        _agent.PieceSize = piece;
        await using AgentExecutor executor = Start();
        await executor.Ready;

        await executor.EndAsync(new TaskReport(TaskState.Finished, "done"), CancellationToken.None);
        _agent.Kill(TaskId, TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(1), (await _stop.Task).Grace);
    }

    [Fact]
    public async Task Running_CarriesTheAddress_WhereMesossDockerExecutorHasIt()
    {
        await using AgentExecutor executor = Start();
        await executor.Ready;

        executor.Report(new TaskReport(TaskState.Running, "runs") { Container = new ContainerFacts(["172.17.0.9"], "[]"u8.ToArray()) });
        Status running = await _agent.UpdateAsync(State.TaskRunning);

        Assert.Equal(("Docker.NetworkSettings.IPAddress", "172.17.0.9"), (running.Labels.Labels_[0].Key, running.Labels.Labels_[0].Value));
    }

    [Fact]
    public async Task AgentBefore028_ThatIsFoundAfterTheEnd_StillEnds()
    {
        _agent.Refusal = 503;
        await using AgentExecutor executor = Start(runOverride: static _ => Task.CompletedTask);
        Task ending = executor.EndAsync(new TaskReport(TaskState.Failed, "no such image"), CancellationToken.None);

        _agent.Refusal = 404;

        await ending;
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
            checkpoint: true, ledger: UpdateLedger.Empty.Add(left).Receive(TaskId));

        Assert.True(executor.Ready.IsCompleted);
        Status again = await _agent.UpdateAsync(State.TaskRunning);
        Assert.Equal(left.Uuid, new Guid(again.Uuid.Span, bigEndian: true));
    }

    public ValueTask DisposeAsync() => _agent.DisposeAsync();

    private AgentExecutor Start(
        bool checkpoint = false,
        UpdateLedger? ledger = null,
        Func<CancellationToken, Task>? runOverride = null,
        TimeSpan? subscribeTimeout = null,
        string? endpoint = null)
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
            ["MESOS_AGENT_ENDPOINT"] = endpoint ?? _agent.Endpoint,
            ["MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD"] = "5secs",
            ["MESOS_SUBSCRIPTION_BACKOFF_MAX"] = "200ms",
        };
        CommandTaskRole role = CommandTaskRole.From(launch, environment, subscribeTimeout ?? TimeSpan.FromSeconds(30))!;
        return new AgentExecutor(
            role,
            MesosCodec.EncodeLaunch(launch),
            ledger ?? UpdateLedger.Empty,
            _saved.Add,
            order => _stop.TrySetResult(order),
            runOverride ?? (_ => Task.FromException(new InvalidOperationException("not expected"))),
            Log.Nowhere());
    }
}
