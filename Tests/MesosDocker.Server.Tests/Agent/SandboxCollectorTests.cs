using MesosDocker.Local;
using MesosDocker.Mesos;

namespace MesosDocker.Server.Tests.Agent;

public sealed class SandboxCollectorTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero);
    private static readonly SandboxRule s_rule = new() { Age = TimeSpan.FromDays(7), PerApp = 2, Total = 3 };

    [Fact]
    public void Old_Go()
        => Assert.Equal(["old"], Choose(Ended("new", "a", 1), Ended("old", "a", 7 * 24)));

    [Fact]
    public void OfEachApp_TheNewestStay()
        => Assert.Equal(["a3"], Choose(Ended("a3", "a", 3), Ended("a1", "a", 1), Ended("b4", "b", 4), Ended("a2", "a", 2)));

    [Fact]
    public void OfAll_TheNewestStay()
        => Assert.Equal(["d"], Choose(Ended("a", "a", 1), Ended("d", "d", 4), Ended("b", "b", 2), Ended("c", "c", 3)));

    [Fact]
    public void WhatRuns_OrIsYetToBeTold_Stays()
    {
        RunRecord old = Ended("x", "a", 1000);

        Assert.Empty(Choose(old with { Ended = null }, old with { Pending = [old.Told[0]] }, old with { Told = [] }));
        Assert.Single(Choose(old with { Told = [], IsForgotten = true }));
    }

    [Fact]
    public async Task Collecting_TakesSandboxAndMemory()
    {
        await using ScriptedAgent agent = await ScriptedAgent.StartAsync();
        agent.End(TaskState.Finished, "over");
        string[] ids = [.. Enumerable.Range(1, 27).Select(static i => $"app.{i}")];
        foreach (string id in ids)
        {
            await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(id), CancellationToken.None);
            await agent.Agent.Runs.Find(id)!.Ended;
        }

        string gone = agent.Agent.Runs.Find("app.1")!.Record.Directory;
        Directory.CreateDirectory(Path.Combine(gone, "deep", "er"));
        string outside = agent.Files.Write("outside", "stays");
        File.CreateSymbolicLink(Path.Combine(gone, "link"), outside);
        foreach (AgentUpdate update in await AllAsync(agent, ids.Length))
        {
            await agent.Agent.AcknowledgeAsync(update, CancellationToken.None);
        }

        await Until.TrueAsync(() => agent.Agent.Runs.All.Count() == 25, "two to go");
        Assert.Null(agent.Agent.Runs.Find("app.1"));
        Assert.False(Directory.Exists(gone));
        Assert.True(File.Exists(outside));
        Assert.Equal(50, Directory.EnumerateFiles(agent.Files.PathOf("work", "meta", "runs")).Count());
    }

    private static async Task<IReadOnlyList<AgentUpdate>> AllAsync(ScriptedAgent agent, int count)
    {
        await Until.TrueAsync(() => agent.Updates.Count == count, "all updates");
        return agent.Updates;
    }

    private static RunRecord Ended(string id, string app, int hoursAgo) => new()
    {
        TaskId = id,
        AppId = app,
        FrameworkId = "F",
        ExecutorId = id,
        ContainerId = id,
        Directory = "/",
        Created = s_now.AddYears(-1),
        Ended = s_now.AddHours(-hoursAgo),
        Told = [AgentUpdates.New(id, TaskState.Finished, "")],
    };

    private static IEnumerable<string> Choose(params RunRecord[] records)
        => SandboxCollector.Choose(records, s_rule, s_now).Select(static record => record.TaskId);
}
