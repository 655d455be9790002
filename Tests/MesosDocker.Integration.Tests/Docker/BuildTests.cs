using MesosDocker.Docker;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>Images built by a real engine, and pushed to a real registry.</summary>
public sealed class BuildTests(EngineFixture fixture) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory _directory = new();

    private DockerEngine Engine => fixture.Engine;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task WhatTheContextHolds_IsWhatTheImageHolds()
    {
        ImageReference tag = NewTag();
        File.SetUnixFileMode(_directory.Write("run.sh", "#!/bin/sh\necho ran\n"), (UnixFileMode)0b111_101_000);
        _directory.Write("keep/a", "a");
        _directory.Write("keep/secret", "no");
        _directory.Write("Other/long/" + new string('n', 120) + "/äö ü", "deep");
        File.CreateSymbolicLink(_directory.PathOf("link"), "keep/a");
        _directory.Write(".dockerignore", "**/secret\n");
        _directory.Write("Dockerfile", $"FROM {fixture.Image}\nCOPY . /in/\n");

        string id = await BuildAsync(new BuildOptions { Tags = [tag] });
        try
        {
            (_, string output, _) = await fixture.RunAsync(fixture.Shell(
                "cd /in; ls -R; ls -l run.sh link; cat Other/long/*/*; ./run.sh") with { Image = tag.ToString() });

            Assert.Equal(id, (await Engine.InspectImageAsync(tag.ToString(), CancellationToken.None)).Id);
            Assert.Contains("-rwxr-x---", output);
            Assert.Contains("link -> keep/a", output);
            Assert.Contains("deep", output);
            Assert.EndsWith("ran\n", output);
            Assert.DoesNotContain("secret", output);
        }
        finally
        {
            await Engine.RemoveImageAsync(tag.ToString(), force: true, CancellationToken.None);
        }
    }

    [Fact]
    public async Task AMultiStageBuild_TakesArgumentsLabelsAndTarget()
    {
        ImageReference tag = NewTag();
        _directory.Write("Dockerfile", $"""
            ARG BASE
            FROM $BASE AS tools
            ARG WORD=none
            RUN echo "made of $WORD" > /made
            FROM $BASE AS last
            COPY --from=tools /made /final
            FROM last AS never
            RUN false
            """);
        var lines = new List<BuildProgress>();

        await BuildAsync(
            new BuildOptions
            {
                Tags = [tag],
                Arguments = new Dictionary<string, string> { ["BASE"] = fixture.Image, ["WORD"] = "stages & more" },
                Labels = new Dictionary<string, string> { ["of"] = "ours" },
                Target = "last",
            },
            new Reports<BuildProgress>(lines));
        try
        {
            ImageDetails image = await Engine.InspectImageAsync(tag.ToString(), CancellationToken.None);
            (_, string output, _) = await fixture.RunAsync(fixture.Spec("cat", "/final") with { Image = tag.ToString() });

            Assert.Equal("made of stages & more\n", output);
            Assert.Equal("ours", image.Config!.Labels["of"]);
            Assert.Contains(lines, static one => one.Line!.Contains("RUN echo", StringComparison.Ordinal));
            Assert.True(lines[^1].Steps >= 6);
        }
        finally
        {
            await Engine.RemoveImageAsync(tag.ToString(), force: true, CancellationToken.None);
        }
    }

    [Fact]
    public async Task AStepThatFails_IsNamed()
    {
        _directory.Write("Dockerfile", $"FROM {fixture.Image}\nRUN echo it is the disk >&2; exit 7\n");

        MesosDockerException e = await EngineFixture.FailsAsync(Fault.BuildFailed, () => BuildAsync(new BuildOptions()));

        Assert.Contains("(RUN echo it is the disk", e.Message);
        Assert.Contains("code: 7", e.Message);
        Assert.EndsWith("it is the disk", e.Message);
    }

    [Theory]
    [InlineData("FROM", Fault.EngineRejected)]
    [InlineData("NONSENSE x", Fault.EngineRejected)]
    [InlineData("FROM 127.0.0.1:9/no/such:1", Fault.BuildFailed)]
    [InlineData("FROM {image}\nCOPY no-such-file /", Fault.BuildFailed)]
    public async Task WhatCannotBeBuilt_IsAClearError(string dockerfile, Fault fault)
    {
        _directory.Write("Dockerfile", dockerfile.Replace("{image}", fixture.Image, StringComparison.Ordinal));

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => BuildAsync(new BuildOptions()));

        Assert.True(e.Fault == fault || e.Fault == Fault.BuildFailed, e.ToString());
    }

    [Fact]
    public async Task ALargeContext_IsStreamed()
    {
        const long Size = 600L * 1024 * 1024;
        ImageReference tag = NewTag();
        using (FileStream large = File.Create(_directory.PathOf("large")))
        {
            // It has no blocks on the disk, and all of its bytes in the archive.
            large.SetLength(Size);
        }

        _directory.Write("Dockerfile", $"FROM {fixture.Image}\nCOPY Dockerfile /\n");
        long most = 0;
        var sent = new Callback<BuildProgress>(one => most = Math.Max(most, Environment.WorkingSet));
        long before = Environment.WorkingSet;

        await BuildAsync(new BuildOptions { Tags = [tag] }, sent);
        await Engine.RemoveImageAsync(tag.ToString(), force: true, CancellationToken.None);

        Assert.True(most - before < Size / 4, $"{(most - before) / 1024 / 1024} MB more were in memory.");
    }

    [Fact]
    public async Task ABuildThatIsGivenUp_Ends()
    {
        string label = fixture.NewName("stop");
        _directory.Write("Dockerfile", $"FROM {fixture.Image}\nLABEL of={label}\nRUN echo begun; sleep 600\n");
        using var stop = new CancellationTokenSource();

        Task<string> building = Engine.BuildAsync(
            Context(), new BuildOptions { NoCache = true }, [], new Callback<BuildProgress>(one =>
            {
                if (one.Line == "begun")
                {
                    stop.Cancel();
                }
            }), stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => building);

        // Its container ends, too, a moment later.
        using var patience = new CancellationTokenSource(s_patience);
        while ((await Engine.ListAsync(new ContainerFilter { Labels = [$"of={label}"] }, patience.Token)).Count > 0)
        {
            await Task.Delay(50, patience.Token);
        }
    }

    [Fact]
    public async Task APush_NeedsTheCredential_AndGivesTheDigest()
    {
        _ = Engine;
        using DockerRegistry registry = await DockerRegistry.StartAsync(locked: true);
        ImageReference name = ImageReference.Parse($"{registry.Host}/team/built:1");
        _directory.Write("Dockerfile", $"FROM {fixture.Image}\nRUN echo 1 > /one\n");
        await BuildAsync(new BuildOptions { Tags = [name] });
        RegistryCredential? right = await CredentialAsync(registry, name);
        var wrong = new RegistryCredential { ServerAddress = registry.Host, Username = DockerRegistry.User, Password = "wr0ng-pass" };
        var reports = new List<PushProgress>();
        try
        {
            MesosDockerException nobody = await EngineFixture.FailsAsync(Fault.RegistryDenied, () => PushAsync(name, null));
            MesosDockerException stranger = await EngineFixture.FailsAsync(Fault.RegistryDenied, () => PushAsync(name, wrong));
            string? digest = await PushAsync(name, right, new Reports<PushProgress>(reports));

            Assert.Contains(name.ToString(), nobody.Message);
            Assert.DoesNotContain("wr0ng-pass", stranger.ToString());
            Assert.StartsWith("sha256:", digest);
            Assert.Equal(reports[^1].Layers, reports[^1].LayersDone);
            Assert.Contains(
                $"{registry.Host}/team/built@{digest}", (await Engine.InspectImageAsync(name.ToString(), CancellationToken.None)).RepoDigests);

            // And a build that starts from it needs the credential again.
            await Engine.RemoveImageAsync(name.ToString(), force: true, CancellationToken.None);
            _directory.Write("Dockerfile", $"FROM {name}\nRUN cat /one\n");
            await EngineFixture.FailsAsync(Fault.BuildFailed, () => BuildAsync(new BuildOptions()));
            ImageReference child = NewTag();
            await Engine.BuildAsync(Context(), new BuildOptions { Tags = [child] }, [right!], null, CancellationToken.None);
            await Engine.RemoveImageAsync(child.ToString(), force: true, CancellationToken.None);
        }
        finally
        {
            await Engine.RemoveImageAsync(name.ToString(), force: true, CancellationToken.None);
        }
    }

    [Fact]
    public async Task APush_OfWhatIsNotThere_OrToNobody_Fails()
    {
        await EngineFixture.FailsAsync(Fault.ImageNotFound, () => PushAsync(ImageReference.Parse("127.0.0.1:9/no/such:1"), null));
        ImageReference nowhere = ImageReference.Parse("127.0.0.1:9/app:1");
        await Engine.TagImageAsync(fixture.Image, nowhere, CancellationToken.None);
        try
        {
            await EngineFixture.FailsAsync(Fault.PushFailed, () => PushAsync(nowhere, null));
        }
        finally
        {
            await Engine.RemoveImageAsync(nowhere.ToString(), force: false, CancellationToken.None);
        }

        await EngineFixture.FailsAsync(Fault.ImageNotFound, () => Engine.TagImageAsync("no/such", nowhere, CancellationToken.None));
    }

    private static async Task<RegistryCredential?> CredentialAsync(DockerRegistry registry, ImageReference name)
        => await new RegistryCredentials(
                [Path.Combine(registry.ClientConfiguration, "config.json")], new Dictionary<string, string>(), runHelpers: false)
            .FindAsync(name.Registry, CancellationToken.None);

    private BuildContext Context() => BuildContext.Open(_directory.Root, null);

    private ImageReference NewTag() => ImageReference.Parse(fixture.NewName("built") + ":1");

    private Task<string> BuildAsync(BuildOptions options, IProgress<BuildProgress>? progress = null)
        => Engine.BuildAsync(Context(), options with { Labels = new Dictionary<string, string>(options.Labels) { ["mesos-docker-built"] = "1" } }, [], progress, CancellationToken.None);

    private Task<string?> PushAsync(ImageReference name, RegistryCredential? credential, IProgress<PushProgress>? progress = null)
        => Engine.PushAsync(name, credential, s_patience, progress, CancellationToken.None);

    private sealed class Reports<T>(List<T> all) : IProgress<T>
    {
        public void Report(T value)
        {
            if (value is not BuildProgress { Line: null })
            {
                all.Add(value);
            }
        }
    }

    private sealed class Callback<T>(Action<T> act) : IProgress<T>
    {
        public void Report(T value) => act(value);
    }
}
