using System.Net;
using System.Text;
using Google.Protobuf;
using MesosDocker.Adapters.Wire.Protocol;
using MesosDocker.Adapters.Wire.Protocol.Executor;
using MesosDocker.Local;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;
using Status = MesosDocker.Adapters.Wire.Protocol.TaskStatus;
using TaskState = MesosDocker.Mesos.TaskState;

namespace MesosDocker.Server.Tests.Agent;

/// <summary>The agent's side of the executor API, spoken to with protobuf's own package, well and badly.</summary>
public sealed class ExecutorEndpointTests
{
    [Fact]
    public async Task Subscription_IsHandedItsTask()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        using var executor = new ExecutorDouble(agent, "app.1");

        await executor.SubscribeAsync();
        Event launch = await executor.NextAsync();

        Assert.Equal(Event.Types.Type.Launch, launch.Type);
        Assert.Equal("app.1", launch.Launch.Task.TaskId.Value);
        Assert.Equal("x", launch.Launch.Task.Command.Value);
        Assert.Equal("i", launch.Launch.Task.Container.Docker.Image);
    }

    [Fact]
    public async Task Update_IsTaken_Told_AndAcknowledged()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        using var executor = new ExecutorDouble(agent, "app.1");
        await executor.SubscribeAsync();
        await executor.NextAsync();
        Status status = ExecutorDouble.Status("app.1", State.TaskRunning, "on it");
        status.Healthy = true;
        status.Reason = Status.Types.Reason.ContainerLimitationMemory;
        status.ContainerStatus = new ContainerStatus();
        status.ContainerStatus.NetworkInfos.Add(new NetworkInfo());
        status.ContainerStatus.NetworkInfos[0].IpAddresses.Add(new NetworkInfo.Types.IPAddress { IpAddress = "10.1.2.3" });

        Assert.Equal(202, await executor.SendAsync(status));
        Event acknowledged = await executor.NextAsync();
        AgentUpdate told = await agent.UpdateAsync(static _ => true);

        Assert.Equal((Event.Types.Type.Acknowledged, status.Uuid), (acknowledged.Type, acknowledged.Acknowledged.Uuid));
        Assert.Equal((TaskState.Running, "on it", true, "REASON_CONTAINER_LIMITATION_MEMORY"), (told.State, told.Message, told.Healthy, told.Reason));
        Assert.Equal(["10.1.2.3"], told.Addresses);
        Assert.Equal(new Guid(status.Uuid.Span, bigEndian: true), told.Uuid);
        Assert.Equal(1_700_000_000_500, told.Timestamp.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Update_ThatComesTwice_IsToldOnce_AndAcknowledgedTwice()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        using var executor = new ExecutorDouble(agent, "app.1");
        await executor.SubscribeAsync();
        await executor.NextAsync();
        Status running = ExecutorDouble.Status("app.1", State.TaskRunning);

        await executor.SendAsync(running);
        await executor.SendAsync(running);
        Status end = ExecutorDouble.Status("app.1", State.TaskFinished);
        await executor.SendAsync(end);

        Assert.Equal([running.Uuid, running.Uuid, end.Uuid], [await AcknowledgedAsync(executor), await AcknowledgedAsync(executor), await AcknowledgedAsync(executor)]);
        await agent.UpdateAsync(static update => update.IsTerminal);
        Assert.Equal([TaskState.Running, TaskState.Finished], agent.Updates.Select(static update => update.State));
    }

    [Fact]
    public async Task SecondSubscription_TakesThePlaceOfTheFirst_AndTellsWhatWasNotAcknowledged()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        using var first = new ExecutorDouble(agent, "app.1");
        await first.SubscribeAsync();
        await first.NextAsync();
        using var second = new ExecutorDouble(agent, "app.1");
        var again = new Call.Types.Subscribe();
        Status running = ExecutorDouble.Status("app.1", State.TaskRunning);
        again.UnacknowledgedUpdates.Add(new Call.Types.Update { Status = running });

        await second.SubscribeAsync(again);

        await first.EndAsync();
        Assert.Equal(running.Uuid, await AcknowledgedAsync(second));
        Assert.Equal(TaskState.Running, (await agent.UpdateAsync(static _ => true)).State);
    }

    [Fact]
    public async Task Subscription_OfAnExecutorThatHasItsTask_IsNotHandedItAgain()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        using var executor = new ExecutorDouble(agent, "app.1");
        var withTask = new Call.Types.Subscribe();
        withTask.UnacknowledgedTasks.Add(new TaskInfo
        {
            Name = "app", TaskId = new TaskID { Value = "app.1" }, SlaveId = new SlaveID { Value = "S" },
        });
        await executor.SubscribeAsync(withTask);
        await executor.SendAsync(ExecutorDouble.Status("app.1", State.TaskRunning));
        Assert.Equal(Event.Types.Type.Acknowledged, (await executor.NextAsync()).Type);

        await executor.SubscribeAsync();
        await agent.Agent.KillAsync("app.1", TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(Event.Types.Type.Kill, (await executor.NextAsync()).Type);
    }

    [Fact]
    public async Task Kill_IsTold_AlsoToALaterSubscription()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        await agent.Agent.KillAsync("app.1", TimeSpan.FromSeconds(7), CancellationToken.None);
        using var executor = new ExecutorDouble(agent, "app.1");

        await executor.SubscribeAsync();

        Assert.Equal(Event.Types.Type.Launch, (await executor.NextAsync()).Type);
        Event kill = await executor.NextAsync();
        Assert.Equal((Event.Types.Type.Kill, "app.1", 7_000_000_000), (kill.Type, kill.Kill.TaskId.Value, kill.Kill.KillPolicy.GracePeriod.Nanoseconds));
    }

    [Fact]
    public async Task End_ThatTheExecutorDidNotTell_IsTheContainerizers()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        using var executor = new ExecutorDouble(agent, "app.1");
        await executor.SubscribeAsync();
        await executor.NextAsync();

        agent.End(TaskState.Failed, "Out of memory.", Mesos.StatusReason.ContainerLimitationMemory);
        AgentUpdate told = await agent.UpdateAsync(static _ => true);

        Assert.Equal((TaskState.Failed, "Out of memory.", "REASON_CONTAINER_LIMITATION_MEMORY"), (told.State, told.Message, told.Reason));
        await executor.EndAsync();
        using HttpResponseMessage late = await agent.CallAsync(ExecutorDouble.NewCall("app.1", Call.Types.Type.Subscribe));
        Assert.Equal(HttpStatusCode.BadRequest, late.StatusCode);
    }

    [Fact]
    public async Task End_ThatTheExecutorTold_IsNotToldAgain()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        using var executor = new ExecutorDouble(agent, "app.1");
        await executor.SubscribeAsync();
        await executor.NextAsync();
        await executor.SendAsync(ExecutorDouble.Status("app.1", State.TaskFinished, "done"));

        agent.End(TaskState.Failed, "something else");
        await agent.Agent.Runs.Find("app.1")!.Ended;

        Assert.Equal("done", Assert.Single(agent.Updates).Message);
    }

    [Fact]
    public async Task Before_TheAgentHasRecovered_ExecutorsComeLater()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync(recover: false);

        using HttpResponseMessage response = await agent.CallAsync(ExecutorDouble.NewCall("app.1", Call.Types.Type.Subscribe));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task Update_WithoutASubscription_IsForbidden_AndOfNobody_Refused()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
        using var known = new ExecutorDouble(agent, "app.1");
        using var nobody = new ExecutorDouble(agent, "nobody");

        Assert.Equal(403, await known.SendAsync(ExecutorDouble.Status("app.1", State.TaskRunning)));
        Assert.Equal(400, await nobody.SendAsync(ExecutorDouble.Status("app.1", State.TaskRunning)));
        Assert.Empty(agent.Updates);
    }

    [Fact]
    public async Task Update_OfAnotherTask_ChangesNothing()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask("one.1"), CancellationToken.None);
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask("two.1"), CancellationToken.None);
        using var one = new ExecutorDouble(agent, "one.1");
        await one.SubscribeAsync();
        await one.NextAsync();

        Assert.Equal(202, await one.SendAsync(ExecutorDouble.Status("two.1", State.TaskFailed)));

        Assert.Null(agent.Agent.Runs.Find("two.1")!.Record.Last);
        Assert.Null(agent.Agent.Runs.Find("one.1")!.Record.Last);
    }

    public static TheoryData<string> BadBodies() => new(
        [
            "",
            "00",
            "0a",
            "0affffffff0f",
            "7b7d",
            "0a030a01780a",
            Hex(new Call { ExecutorId = new ExecutorID { Value = "app.1" }, FrameworkId = new FrameworkID { Value = "" } }),
            Hex(ExecutorDouble.NewCall("app.1", Call.Types.Type.Unknown)),
            Hex(ExecutorDouble.NewCall("app.1", Call.Types.Type.Update)),
            Hex(ExecutorDouble.NewCall("app.1", (Call.Types.Type)77)),
            Hex(UpdateWith(static status => status.Uuid = ByteString.CopyFromUtf8("short"))),
            Hex(UpdateWith(static status => status.State = (State)99)),
            Hex(UpdateWith(static status => status.Message = "a\0b")),
        ]);

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Call_ThatIsNone_IsRefused(string hex)
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);

        using HttpResponseMessage response = await agent.PostAsync(Convert.FromHexString(hex), ScriptedAgent.Protobuf);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(agent.Updates);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    public async Task Call_InAnotherForm_IsNotUnderstood(string type)
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();

        using HttpResponseMessage response = await agent.PostAsync(Encoding.UTF8.GetBytes("{}"), type);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Call_ThatIsHuge_IsCutShort()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();

        using HttpResponseMessage response = await agent.PostAsync(new byte[5 * 1024 * 1024], ScriptedAgent.Protobuf);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private static async Task<ByteString> AcknowledgedAsync(ExecutorDouble executor)
    {
        Event happened = await executor.NextAsync();
        Assert.Equal(Event.Types.Type.Acknowledged, happened.Type);
        return happened.Acknowledged.Uuid;
    }

    private static Call UpdateWith(Action<Status> change)
    {
        Call call = ExecutorDouble.NewCall("app.1", Call.Types.Type.Update);
        Status status = ExecutorDouble.Status("app.1", State.TaskRunning);
        change(status);
        call.Update = new Call.Types.Update { Status = status };
        return call;
    }

    private static string Hex(Call call) => Convert.ToHexString(call.ToByteArray());
}
