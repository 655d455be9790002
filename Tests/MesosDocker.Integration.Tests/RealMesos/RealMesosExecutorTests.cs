using System.Text.Json.Nodes;
using MesosDocker.Containerizer;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;

namespace MesosDocker.Integration.Tests.RealMesos;

/// <summary>Frameworks' own executors, inside a container, at a real agent.</summary>
public sealed class RealMesosExecutorTests(EngineFixture engine)
{
    [Fact]
    public async Task Executor_OfAFramework_RegistersAndRunsTasks()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string program = mesos.Mesos.Example("test-executor");

        string task = await mesos.LaunchAsync(mesos.WithExecutor(program, task => ShowMesos(task, mesos.Mesos)));
        await mesos.Framework.EndAsync(task);

        Assert.Equal(["TASK_RUNNING", "TASK_FINISHED"], mesos.Framework.Updates(task).Select(static u => u.State));
        Assert.Contains($"Starting task {task}", mesos.Sandbox(task, "stdout"));

        // It waits for more tasks, until its framework goes.
        await mesos.Framework.TearDownAsync();
        await HookFixture.UntilAsync(() => mesos.DirectoryOf(task).ReadTermination() is not null, "the executor to end");
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task Executor_WithMoreTasks_GetsTheirResources()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine, agentFlags: "--executor_shutdown_grace_period=1secs");
        JsonObject first = mesos.WithExecutor("sleep 600");
        JsonNode description = first["executor"]!.DeepClone();
        string one = await mesos.LaunchAsync(first);
        await using HeldExecutor executor = await HeldExecutor.StartAsync(mesos, $"{one}-executor");
        await MemoryBecomesAsync(mesos, one, 64 + 32);

        // The agent updates the container for each, and does not wait for one call before it makes the next.
        JsonObject[] others = [.. Enumerable.Range(0, 6).Select(_ => mesos.WithExecutor("", task =>
        {
            task["executor"] = description.DeepClone();
            task["resources"] = MesosFixture.Resources(0.1, 50);
        }))];
        await mesos.Framework.LaunchAsync(others);
        await MemoryBecomesAsync(mesos, one, 64 + 32 + (6 * 50));

        string[] ids = [.. others.Select(MesosFixture.IdOf)];
        await Task.WhenAll(ids.Select(mesos.Framework.RunningAsync));
        await Task.WhenAll(ids[1..].Select(executor.EndAsync));
        await MemoryBecomesAsync(mesos, one, 64 + 32 + 50);

        // This one does nothing at SHUTDOWN: the agent destroys it.
        await mesos.Framework.TearDownAsync();
        await HookFixture.UntilAsync(() => mesos.DirectoryOf(one).ReadTermination() is not null, "the executor to be destroyed");
        Assert.Contains("destroy", mesos.DirectoryOf(one).ReadTermination()!.Message);
        await mesos.AssertGoneAsync(one);
    }

    [Fact]
    public async Task Executor_ThatNeverRegisters_IsDestroyed()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine, agentFlags: "--executor_registration_timeout=2secs");

        string task = await mesos.LaunchAsync(mesos.WithExecutor("sleep 600"));
        TaskUpdate end = await mesos.Framework.EndAsync(task);

        Assert.Equal(("TASK_FAILED", "REASON_EXECUTOR_REGISTRATION_TIMEOUT"), (end.State, end.Reason));
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task Executor_ThatEnds_FailsItsTask()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);

        string task = await mesos.LaunchAsync(mesos.WithExecutor("echo no libmesos here; exit 7"));
        TaskUpdate end = await mesos.Framework.EndAsync(task);

        Assert.Equal("TASK_FAILED", end.State);
        Assert.Equal("no libmesos here\n", mesos.Sandbox(task, "stdout"));
        await mesos.AssertGoneAsync(task);
    }

    [Fact]
    public async Task Executor_WhoseWaitIsKilled_IsForgottenByTheAgent_AndStopped()
    {
        await using MesosFixture mesos = await MesosFixture.StartAsync(engine);
        string program = mesos.Mesos.Example("long-lived-executor");
        string task = await mesos.LaunchAsync(mesos.WithExecutor(program, task => ShowMesos(task, mesos.Mesos)));
        await mesos.Framework.RunningAsync(task);

        mesos.KillWaits();

        await HookFixture.UntilAsync(() => StateCleaner.IsOver(mesos.DirectoryOf(task)), "the container to be gone");
        await mesos.AssertGoneAsync(task);
    }

    /// <summary>The executor's container sees Mesos, and the libraries that it was linked with, where the host has them.</summary>
    private static void ShowMesos(JsonObject task, MesosInstallation mesos)
    {
        JsonNode executor = task["executor"]!;
        executor["container"]!["volumes"] = new JsonArray([.. ((string[])["/usr", "/lib", "/lib64", mesos.Prefix]).Distinct()
            .Select(static path => new JsonObject { ["host_path"] = path, ["container_path"] = path, ["mode"] = "RO" })]);
        executor["command"]!["environment"] = new JsonObject
        {
            ["variables"] = new JsonArray(
                new JsonObject { ["name"] = "LD_LIBRARY_PATH", ["value"] = Path.Combine(mesos.Prefix, "lib") }),
        };
    }

    private static Task MemoryBecomesAsync(MesosFixture mesos, string task, int megabytes) => HookFixture.UntilAsync(
        async () => mesos.RecordOf(task).EngineId is { } id
            && (await mesos.Engine.InspectAsync(id, CancellationToken.None)).HostConfig?.Memory == (long)megabytes << 20,
        $"the container's memory to be {megabytes} MB");
}
