using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

public sealed class ClusterPropertyTests
{
    private const int Steps = 60;

    private static readonly int s_lives = int.Parse(Environment.GetEnvironmentVariable("MESOS_DOCKER_LIVES") ?? "40");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, s_lives)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Cluster_EndsWithWhatIsWanted_WhateverHappens(int seed)
    {
        await using World world = await World.StartAsync();
        world.LongestJournal = 20_000;
        var life = new RandomLife(world, seed);
        List<string> broken = [];
        world.Watch = state => broken.AddRange(Broken(state, world));
        for (int i = 0; i < Steps; i++)
        {
            await life.StepAsync();
        }

        await CalmAsync(world);

        Assert.True(broken.Count == 0, $"{string.Join("; ", broken.Distinct())} in {life.Story}");
        Assert.True(world.State.Deployments.IsEmpty, $"{Left(world.State)} left of {life.Story}");
        Assert.Equal(world.State.Instances.Keys.Order(), world.Agent.Tasks.Select(static task => task.TaskId).Order());
        foreach (App app in GroupTree.Of(world.State.Root).Apps.Values)
        {
            IReadOnlyList<Instance> instances = world.Instances(app.Id!);
            Assert.True(instances.Count == app.Instances, $"{app.Id} has {instances.Count} of {app.Instances} after {life.Story}");
            Assert.True(life.IsMixed || instances.All(instance => !RollingUpdate.IsOld(instance, app)), $"{app.Id} has old ones after {life.Story}");
        }

        IEnumerable<Instance> owners = world.State.Instances.Values.Concat(world.State.Resting.Values.SelectMany(static resting => resting));
        Assert.Empty(world.Agent.Volumes.Except(owners.Select(static owner => owner.InstanceId)));

        await world.RestartAsync();
        Assert.Equal(world.Agent.Tasks.Select(static task => task.TaskId).Order(), world.State.Instances.Keys.Order());
    }

    private static string Left(ClusterState state)
        => string.Join(", ", state.Deployments.Select(static deployment => $"step {deployment.CurrentStep} of {string.Join(' ', deployment.AffectedApps)}"))
            + string.Concat(state.Waiting.Values.Select(static waiting => $", {waiting.App.Id} waits: {string.Join(' ', waiting.Reasons)}"))
            + string.Concat(state.Instances.Values.Select(static instance
                => $", {instance.TaskId} {instance.Condition} {instance.IsDecommissioned} [{string.Join(' ', instance.Ports)}]"));

    /// <summary>Nothing fails any more, and there is time.</summary>
    private static async Task CalmAsync(World world)
    {
        world.Agent.RunsAtOnce = true;
        world.Agent.KillsAtOnce = true;
        for (int i = 0; i < 20; i++)
        {
            foreach (AgentTask task in world.Agent.Tasks)
            {
                world.Agent.Run(task.TaskId);
            }

            await world.HealAsync();
            await world.AdvanceAsync(TimeSpan.FromSeconds(400));
        }
    }

    private static IEnumerable<string> Broken(ClusterState state, World world)
    {
        int[] ports = [.. state.Instances.Values.SelectMany(static instance => instance.Ports)];
        if (ports.Length != ports.Distinct().Count())
        {
            yield return "a port is there twice";
        }

        foreach (IGrouping<(string AppId, string ConfigVersion), Instance> app in state.Instances.Values.GroupBy(static i => (i.AppId, i.ConfigVersion)))
        {
            int most = app.First().App.Constraints switch
            {
                [[_, "UNIQUE"]] => 1,
                [[_, "MAX_PER", var number]] => int.Parse(number),
                _ => int.MaxValue,
            };
            if (app.Count() > most)
            {
                yield return $"{app.Key.AppId} has {app.Count()} in spite of its constraint";
            }
        }

        if (state.Resting.Values.SelectMany(static resting => resting).Select(static instance => instance.InstanceId)
            .Intersect(state.Instances.Values.Select(static instance => instance.InstanceId)).Any())
        {
            yield return "an instance rests and has a task";
        }

        GroupTree tree = GroupTree.Of(state.Root);
        string[] held = [.. state.Deployments.SelectMany(static deployment => deployment.AffectedApps)];
        if (held.Length != held.Distinct().Count())
        {
            yield return "two deployments hold the same app";
        }

        if (state.Versions.Keys.Order().SequenceEqual(tree.Apps.Keys.Order()) is false
            || tree.Apps.Values.Any(app => !ReferenceEquals(state.Versions[app.Id!][^1], app)))
        {
            yield return "versions are not those of the apps";
        }
    }
}
