using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Mesos;
using MesosDocker.TestKit;
using MesosDocker.TestKit.Docker;
using State = MesosDocker.Adapters.Wire.Protocol.TaskState;
using Status = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>Health checks of command tasks: reported as they change, and enforced.</summary>
public sealed class HealthCheckTests(EngineFixture engine)
{
    private static readonly HealthCheck s_often = new()
    {
        Delay = TimeSpan.Zero,
        Interval = TimeSpan.FromMilliseconds(100),
        Timeout = TimeSpan.FromSeconds(30),
        GracePeriod = TimeSpan.FromHours(1),
        ConsecutiveFailures = 2,
    };

    [Fact]
    public Task Command_IsRunInTheContainer()
    {
        HealthCheck check = s_often with
        {
            Command = new CommandInfo
            {
                Value = "echo $MINE >> checked; test -e well", Environment = [new EnvironmentVariable("MINE", "my own")],
            },
        };

        return SickenAsync(
            check, "sleep 600", also: static launch => Assert.StartsWith("my own\n", HookFixture.ReadSandbox(launch, "checked")));
    }

    [Fact]
    public Task Http_IsAskedAtTheContainersAddress()
        => SickenAsync(s_often with { Http = new HttpCheck { Port = 8080, Path = "/well" } }, "exec busybox httpd -f -p 8080");

    [Fact]
    public Task Http_MayWantACertainStatus() => SickenAsync(
        s_often with { Http = new HttpCheck { Port = 8080, Path = "missing", Statuses = [404] } },
        "busybox httpd -f -p 8080 & while [ -e well ]; do sleep 0.05; done; kill $!; sleep 600",
        first: true);

    [Fact]
    public Task Tcp_IsConnectedTo() => SickenAsync(
        s_often with { Tcp = new TcpCheck(8080) },
        "while [ ! -e well ]; do sleep 0.05; done; busybox httpd -f -p 8080 & while [ -e well ]; do sleep 0.05; done; kill $!; sleep 600");

    [Fact]
    public async Task Https_IsAskedWithCurl_WhateverTheCertificate()
    {
        Assert.SkipWhen(RunningProgram.Find("curl") is null, "There is no curl on PATH.");
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        using var certificates = new TestCertificates();
        bool well = true;
        await using var server = new RawServer(
            request => request.CloseAsync(Volatile.Read(ref well) ? "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n" : ""), certificates.Elsewhere);
        HealthCheck check = s_often with { Http = new HttpCheck { Port = server.Port, Path = "/health", Scheme = "https" } };

        // On the host's network the task's port may as well be ours.
        Launch launch = hook.DockerTask("sleep 600", agent, change: task => task with { HealthCheck = check, KillGrace = TimeSpan.Zero });
        await hook.LaunchAsync(launch, agent);
        await agent.UpdateAsync(static u => u is { HasHealthy: true, Healthy: true });
        Volatile.Write(ref well, false);
        Status killed = await agent.UpdateAsync(State.TaskKilled);
        await hook.WaitAsync(launch.ContainerId);

        Assert.Contains(server.Requests, static head => head.StartsWith("GET /health ", StringComparison.Ordinal));
        Assert.Contains("cannot be asked: curl", killed.Message);
    }

    [Fact]
    public async Task GracePeriod_OverAtOnce_CountsEveryFailure()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        HealthCheck check = s_often with
        {
            GracePeriod = TimeSpan.Zero, ConsecutiveFailures = 3, Command = new CommandInfo { Value = "echo x >> checked; exit 9" },
        };
        Launch launch = hook.DockerTask("sleep 600", agent, change: task => task with { HealthCheck = check, KillGrace = TimeSpan.Zero });

        Termination end = await hook.RunAsync(launch, agent);

        Assert.Equal("x\nx\nx\n", HookFixture.ReadSandbox(launch, "checked"));
        Assert.Equal([State.TaskRunning, State.TaskRunning, State.TaskKilled], agent.States);
        Assert.False(agent.Updates[0].HasHealthy);
        Assert.Contains("exits with 9", end.Message);
    }

    [Fact]
    public async Task CheckThatHangs_Fails()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        HealthCheck check = s_often with
        {
            GracePeriod = TimeSpan.Zero,
            ConsecutiveFailures = 1,
            Timeout = TimeSpan.FromMilliseconds(200),
            Command = new CommandInfo { Value = "sleep 600" },
        };
        Launch launch = hook.DockerTask("sleep 600", agent, change: task => task with { HealthCheck = check, KillGrace = TimeSpan.Zero });

        Termination end = await hook.RunAsync(launch, agent);

        Assert.Equal(TaskState.Killed, end.State);
        Assert.Contains("no answer within 0.2 seconds", end.Message);
    }

    [Fact]
    public async Task ContainerWithoutANetwork_CannotBeAsked()
    {
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        HealthCheck check = s_often with { GracePeriod = TimeSpan.Zero, ConsecutiveFailures = 1, Tcp = new TcpCheck(agent.Port) };
        Launch launch = hook.DockerTask(
            "sleep 600",
            agent,
            static docker => docker with { Network = DockerNetwork.None },
            change: task => task with { HealthCheck = check, KillGrace = TimeSpan.Zero });

        Termination end = await hook.RunAsync(launch, agent);

        Assert.Contains("no address", end.Message);
    }

    /// <summary>A task that is well while a file is there: unhealthy in its grace period, then healthy, then not, and killed for it.</summary>
    private async Task SickenAsync(HealthCheck check, string command, bool first = false, Action<Launch>? also = null)
    {
        const string Well = "well";
        await using var hook = new HookFixture(engine);
        await using var agent = new FakeAgent();
        Launch launch = hook.DockerTask(
            command,
            agent,
            static docker => docker with { Network = DockerNetwork.Bridge },
            change: task => task with { HealthCheck = check, KillGrace = TimeSpan.Zero });
        if (first)
        {
            File.WriteAllText(HookFixture.Sandbox(launch, Well), "");
        }

        await hook.LaunchAsync(launch, agent);
        await agent.UpdateAsync(State.TaskRunning);
        File.WriteAllText(HookFixture.Sandbox(launch, Well), "");
        Status well = await agent.UpdateAsync(static u => u.HasHealthy);
        File.Delete(HookFixture.Sandbox(launch, Well));
        Status killed = await agent.UpdateAsync(State.TaskKilled);
        Termination end = await hook.WaitAsync(launch.ContainerId);

        Assert.True(well is { State: State.TaskRunning, Healthy: true });
        Assert.Contains(agent.Updates, static u => u is { State: State.TaskRunning, HasHealthy: true, Healthy: false });
        Assert.True(killed is { HasHealthy: true, Healthy: false });
        Assert.Contains("its health check, which failed 2 times in a row", killed.Message);
        Assert.Equal(TaskState.Killed, end.State);
        Assert.Contains("health check", HookFixture.ReadSandbox(launch, "stderr"));
        also?.Invoke(launch);
    }
}
