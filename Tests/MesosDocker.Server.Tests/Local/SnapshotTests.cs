using System.Text.Json;
using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

/// <summary>What a snapshot says is what was known, earlier root groups included.</summary>
public sealed class SnapshotTests
{
    private static readonly string[] s_ids = ["/a", "/g/b", "/g/in/c"];

    [Fact]
    public async Task EarlierRoots_AreReadAsTheyWere()
    {
        await using World world = await World.StartAsync();
        await ChangeOftenAsync(world, 40);
        ClusterState state = world.State;

        ClusterState read = Copy(state, out _);

        Assert.Equal(state.EarlierRoots.Select(AppsOf), read.EarlierRoots.Select(AppsOf));
        Assert.Equal(state.EarlierRoots.Select(static root => root.Version), read.EarlierRoots.Select(static root => root.Version));

        // What is the same is one object again.
        App[] kept = [.. read.Versions.Values.SelectMany(static versions => versions)];
        Assert.All(
            read.EarlierRoots.SelectMany(static root => GroupTree.Of(root).Apps.Values).Where(app => kept.Any(one => one.Id == app.Id && one.Version == app.Version)),
            app => Assert.Contains(kept, one => ReferenceEquals(one, app)));
    }

    [Fact]
    public async Task EarlierRoots_AreAsManyAsMarathonKeeps_AndTakeNoMoreRoomThanWhatChanged()
    {
        await using World world = await World.StartAsync();
        await world.PutAsync([.. Enumerable.Range(0, 500).Select(static i => new App { Id = $"/many/app-{i}", Cmd = "run" })]);
        _ = Copy(world.State, out int one);
        await ChangeOftenAsync(world, 120);

        _ = Copy(world.State, out int all);

        Assert.Equal(50, world.State.EarlierRoots.Count);
        Assert.True(all < 2 * one, $"{all} bytes after {one}.");
    }

    private static async Task ChangeOftenAsync(World world, int times)
    {
        for (int i = 0; i < times; i++)
        {
            string id = s_ids[i % s_ids.Length];
            await (i % 7 == 6 && GroupTree.Of(world.State.Root).App(id) is not null
                ? world.RemoveAsync(id, force: true)
                : world.PutAsync(force: true, new App { Id = id, Cmd = $"run {i}", Instances = i % 3 }));
        }
    }

    private static ClusterState Copy(ClusterState state, out int size)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(Snapshot.Of(state), JournalJson.Default.Snapshot);
        size = json.Length;
        return JsonSerializer.Deserialize(json, JournalJson.Default.Snapshot)!.ToState();
    }

    private static string AppsOf(Group root)
        => string.Join('\n', GroupTree.Of(root).Apps.Values.Select(static app => JsonSerializer.Serialize(app, MarathonJson.Default.App)).Order(StringComparer.Ordinal));
}
