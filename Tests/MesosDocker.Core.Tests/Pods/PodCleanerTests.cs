using MesosDocker.Core.Tests.Docker;
using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Pods;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Pods;

/// <summary>What is left of a pod, at an engine that does not let go of it at once.</summary>
public sealed class PodCleanerTests
{
    private const string Label = "mesosdocker.run=r1";
    private const string Containers = "GET /containers/json";
    private const string Networks = "GET /networks";
    private const string Volumes = "GET /volumes";
    private const string Images = "GET /images/json";

    private static FakeReply None => FakeReply.Json("[]");

    private static FakeReply NoVolumes => FakeReply.Json("""{"Volumes":null}""");

    [Fact]
    public async Task Everything_IsRemoved_ContainersFirst()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Containers, FakeReply.Json("""[{"Id":"c1","Names":["/a"],"State":"running"}]"""), None)
            .On(Networks, FakeReply.Json("""[{"Id":"n1","Name":"pod_default"}]"""), None)
            .On(Volumes, FakeReply.Json("""{"Volumes":[{"Name":"v1"}]}"""), NoVolumes)
            .On(Images, FakeReply.Json("""[{"Id":"sha256:1"}]"""), None)
            .On("DELETE /containers/c1", FakeReply.Empty(204))
            .On("DELETE /networks/n1", FakeReply.Empty(204))
            .On("DELETE /volumes/v1", FakeReply.Empty(204))
            .On("DELETE /images/sha256:1", FakeReply.Json("[]"));

        Assert.True(await CleanUpAsync(engine, TimeSpan.Zero, TimeSpan.FromMinutes(1)));

        Assert.Equal(
            ["DELETE /containers/c1", "DELETE /networks/n1", "DELETE /volumes/v1", "DELETE /images/sha256:1"],
            engine.Asked.Select(static request => request.Route).Where(static route => route.StartsWith("DELETE", StringComparison.Ordinal)));
        Assert.All(
            engine.Asked.Where(static request => request.Method == "GET"),
            static request => Assert.Contains(Label, request.Query("filters")));
    }

    [Fact]
    public async Task WhatIsHeld_IsTriedAgain_AndWhatIsGoneIsFine()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Containers, FakeReply.Json("""[{"Id":"c1","Names":["/a"],"State":"exited"},{"Id":"c2","Names":["/b"],"State":"exited"}]"""), None)
            .On(Networks, FakeReply.Json("""[{"Id":"n1","Name":"pod_default"}]"""), None)
            .On(Volumes, NoVolumes)
            .On(Images, None)
            .On("DELETE /containers/c1", FakeReply.Refusal(409, "removal of container c1 is already in progress"), FakeReply.Empty(204))
            .On("DELETE /containers/c2", FakeReply.Refusal(404, "No such container: c2"))
            .On("DELETE /networks/n1", FakeReply.Refusal(403, "error while removing network: n1 has active endpoints"), FakeReply.Empty(204));

        Assert.True(await CleanUpAsync(engine, TimeSpan.Zero, TimeSpan.FromMinutes(1)));

        Assert.Equal(2, engine.Asked.Count(static request => request.Route == "DELETE /containers/c1"));
        Assert.Equal(2, engine.Asked.Count(static request => request.Route == "DELETE /networks/n1"));
    }

    /// <summary>What a client that has been killed had asked for comes late.</summary>
    [Fact]
    public async Task WhatComesLater_IsRemovedToo()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Containers, None, FakeReply.Json("""[{"Id":"c1","Names":["/a"],"State":"created"}]"""), None)
            .On(Networks, None)
            .On(Volumes, NoVolumes)
            .On(Images, None)
            .On("DELETE /containers/c1", FakeReply.Empty(204));

        Assert.True(await CleanUpAsync(engine, TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(1)));

        Assert.Contains(engine.Asked, static request => request.Route == "DELETE /containers/c1");
    }

    [Fact]
    public async Task AnEngineThatIsAway_IsWaitedFor_UntilThePatienceEnds()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Containers, FakeReply.Refusal(500, "starting"));

        Assert.False(await CleanUpAsync(engine, TimeSpan.Zero, TimeSpan.FromMilliseconds(300)));

        Assert.True(engine.Asked.Count > 1);
    }

    private static async Task<bool> CleanUpAsync(FakeEngine engine, TimeSpan quiet, TimeSpan patience)
    {
        using DockerEngine client = engine.Client();
        return await new PodCleaner(client, Label, Log.Nowhere()).CleanUpAsync(quiet, patience, TestContext.Current.CancellationToken);
    }
}
