using System.Net;
using System.Net.Sockets;
using MesosDocker.Docker;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>Pulls by a real engine from a real registry.</summary>
public sealed class PullTests(EngineFixture fixture)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private DockerEngine Engine => fixture.Engine;

    [Fact]
    public async Task AnImage_IsPulled_WithProgress()
    {
        _ = Engine;
        using DockerRegistry registry = await DockerRegistry.StartAsync(locked: false);
        string local = fixture.NewName("large") + ":1";
        await fixture.LoadAsync(local, padding: 20_000_000);
        string name = await registry.PushAsync(local, "team/app:1");
        await Engine.RemoveImageAsync(local, force: true, CancellationToken.None);
        var reports = new List<PullProgress>();

        PullResult first = await PullAsync(name, null, new Reports(reports));
        PullResult again = await PullAsync(name, null, null);

        Assert.True(first.WasNew);
        Assert.False(again.WasNew);
        Assert.StartsWith("sha256:", first.Digest);
        PullProgress last = reports[^1];
        Assert.Equal((name, 1, 1), (last.Image, last.Layers.Count, last.LayersDone));
        Assert.True(last.KnownBytes > 20_000_000);
        Assert.Equal(last.KnownBytes, last.DownloadedBytes);
        Assert.Contains($"{registry.Host}/team/app@{first.Digest}", (await Engine.InspectImageAsync(name, CancellationToken.None)).RepoDigests);

        await Engine.RemoveImageAsync(name, force: true, CancellationToken.None);
        string byDigest = $"{registry.Host}/team/app@{first.Digest}";
        Assert.True((await PullAsync(byDigest, null, null)).WasNew);
        await Engine.RemoveImageAsync(
            (await Engine.InspectImageAsync(byDigest, CancellationToken.None)).Id, force: true, CancellationToken.None);
    }

    [Fact]
    public async Task ALockedRegistry_LetsInWhoHasTheCredential()
    {
        _ = Engine;
        using DockerRegistry registry = await DockerRegistry.StartAsync(locked: true);
        string name = await registry.PushAsync(fixture.Image, "app:1");
        var wrong = new RegistryCredential { ServerAddress = registry.Host, Username = DockerRegistry.User, Password = "wr0ng-pass" };
        var files = new RegistryCredentials(
            [Path.Combine(registry.ClientConfiguration, "config.json")], new Dictionary<string, string>(), runHelpers: false);
        RegistryCredential? right = await files.FindAsync(ImageReference.Parse(name).Registry, CancellationToken.None);

        MesosDockerException nobody = await EngineFixture.FailsAsync(Fault.RegistryDenied, () => PullAsync(name, null, null));
        MesosDockerException stranger = await EngineFixture.FailsAsync(Fault.RegistryDenied, () => PullAsync(name, wrong, null));
        await PullAsync(name, right, null);

        Assert.Contains(name, nobody.Message);
        Assert.DoesNotContain("wr0ng-pass", stranger.ToString());
        await EngineFixture.FailsAsync(
            Fault.ImageNotFound, () => PullAsync($"{registry.Host}/app:no-such-tag", right, null));
        await Engine.RemoveImageAsync(name, force: false, CancellationToken.None);
    }

    [Fact]
    public async Task WhatTheRegistryDoesNotHave_IsNotFound()
    {
        _ = Engine;
        using DockerRegistry registry = await DockerRegistry.StartAsync(locked: false);
        string digest = "sha256:" + new string('a', 64);

        foreach (string name in (string[])["no/such/app:1", "no/such/app", $"app@{digest}"])
        {
            MesosDockerException e = await EngineFixture.FailsAsync(
                Fault.ImageNotFound, () => PullAsync($"{registry.Host}/{name}", null, null));
            Assert.Contains(registry.Host, e.Message);
        }
    }

    [Fact]
    public async Task AnotherPlatform_IsNotFound()
    {
        _ = Engine;
        using DockerRegistry registry = await DockerRegistry.StartAsync(locked: false);
        string name = await registry.PushAsync(fixture.Image, "app:1");

        // An image without a list of platforms is pulled whatever platform it is for by some engines, and checked by others.
        Exception? e = await Record.ExceptionAsync(() => Engine.PullAsync(
            ImageReference.Parse(name), null, "linux/arm64", s_patience, null, CancellationToken.None));

        Assert.True(e is null or MesosDockerException { Fault: Fault.ImageNotFound or Fault.PullFailed }, e?.ToString());
        await EngineFixture.FailsAsync(Fault.EngineRejected, () => Engine.PullAsync(
            ImageReference.Parse(name), null, "no such platform", s_patience, null, CancellationToken.None));
        if (e is null)
        {
            await Engine.RemoveImageAsync(name, force: false, CancellationToken.None);
        }
    }

    [Fact]
    public async Task ARegistryThatIsNotThere_FailsThePull()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        MesosDockerException e = await EngineFixture.FailsAsync(
            Fault.PullFailed, () => PullAsync($"127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/app:1", null, null));

        Assert.Contains("connection refused", e.Message);
    }

    [Fact]
    public async Task ARegistryThatNeverAnswers_IsGivenUp()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string name = $"{listener.LocalEndpoint}/app:1";

        MesosDockerException e = await EngineFixture.FailsAsync(
            Fault.PullStalled,
            () => Engine.PullAsync(
                ImageReference.Parse(name), null, null, TimeSpan.FromSeconds(1), null, CancellationToken.None));

        Assert.Contains(name, e.Message);
    }

    [Fact]
    public async Task APullThatIsGivenUp_Ends()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        Task pulling = Engine.PullAsync(
            ImageReference.Parse($"{listener.LocalEndpoint}/app:1"), null, null, s_patience, null, stop.Token);
        using TcpClient engine = await listener.AcceptTcpClientAsync();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pulling);

        // The engine hangs up on the registry as well.
        byte[] buffer = new byte[4096];
        while (await engine.GetStream().ReadAsync(buffer) > 0)
        {
        }
    }

    private Task<PullResult> PullAsync(string name, RegistryCredential? credential, IProgress<PullProgress>? progress)
        => Engine.PullAsync(ImageReference.Parse(name), credential, null, s_patience, progress, CancellationToken.None);

    private sealed class Reports(List<PullProgress> all) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => all.Add(value);
    }
}
