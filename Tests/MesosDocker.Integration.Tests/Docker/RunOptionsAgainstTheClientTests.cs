using System.Diagnostics;
using MesosDocker.Docker;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>The table against the usage of the real clients, and the rules of ours against a real engine.</summary>
public sealed class RunOptionsAgainstTheClientTests
{
    // Not shown for an engine on Linux, or for one that is older than the option.
    private static readonly string[] s_hidden =
    [
        "cpu-count", "cpu-percent", "io-maxbandwidth", "io-maxiops", "annotation", "health-start-interval",
    ];

    private static readonly Dictionary<string, string> s_environment = new() { ["HOME"] = "/nowhere" };

    // One empty row for none: xUnit 3.2 reports a theory without data as an error of its own, even where it is to be skipped.
    public static TheoryData<string> Clients() => [.. DockerClient.Installed.Select(client => client.Path).DefaultIfEmpty("")];

    /// <summary>Conflicts that the client leaves to the engine. None of them needs an image.</summary>
    public static TheoryData<string> LeftToTheEngine =>
    [
        "--uts host --hostname a",
        "--network host --link a:b",
        "--network container:a --hostname b",
        "--network container:a --link b:c",
        "--network container:a --dns 1.1.1.1",
        "--network container:a --add-host b:1.1.1.1",
        "--network container:a --mac-address 92:d0:c6:0a:29:33",
        "--network container:a --publish 80:80",
        "--network container:a --publish-all",
        "--network container:a --expose 80",
        "--restart sometimes",
        "--restart always:3",
        "--restart on-failure:-1",
        "--network mine --ip 1.2.3",
        "--network mine --ip6 1.2.3.4",
    ];

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task EveryOptionTheClientShows_IsInTheTable_AndNoOtherIs(string path)
    {
        Assert.SkipWhen(path.Length == 0, "there is no docker client");
        DockerClient client = DockerClient.Installed.Single(c => c.Path == path);

        Dictionary<string, (char? Letter, bool IsFlag)> shown = (await UsageAsync(client))
            .Select(Option)
            .Where(option => option.Name != "help")
            .ToDictionary(option => option.Name, option => (option.Letter, option.IsFlag));

        Assert.All(shown, option =>
        {
            RunOption? known = RunOptions.Find(option.Key);
            Assert.True(known is not null, option.Key);
            Assert.Equal(option.Value, (known.Short, known.Kind == OptionKind.Flag));
        });
        Assert.All(
            RunOptions.All.Where(option => !s_hidden.Contains(option.Name) && Version.Parse(option.Since ?? "1.0") <= client.Version),
            option => Assert.Contains(option.Name, shown.Keys));
    }

    [Theory]
    [MemberData(nameof(LeftToTheEngine))]
    public async Task WhatWeRefuseBeyondTheClient_TheEngineRefuses(string options)
    {
        DockerClient? client = DockerClient.Installed is [var first, ..] ? first : null;
        Assert.SkipWhen(client is null || !File.Exists("/var/run/docker.sock"), "There is no docker client, or no engine.");
        IReadOnlyList<string> words = ShellWords.Split(options);

        (int exitCode, string error) = await client.RunAsync(
            ["create", "--pull=never", .. words, "mesosdocker/no-such-image"], "/", s_environment, TestContext.Current.CancellationToken);

        Assert.SkipWhen(error.Contains("Cannot connect", StringComparison.Ordinal), "No engine answers.");
        Assert.NotEqual(0, exitCode);
        Assert.DoesNotContain("No such image", error);
        Assert.Throws<MesosDockerException>(() => DockerRunParser.ParseOptions(words, NoRunFiles.Instance));
    }

    private static async Task<IEnumerable<string>> UsageAsync(DockerClient client)
    {
        using Process process = Process.Start(new ProcessStartInfo(client.Path, ["run", "--help"]) { RedirectStandardOutput = true })!;
        string usage = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // A description's next line may start with a dash, too ("-1 for unlimited"), but further to the right.
        return usage.Split('\n').Where(line => line.StartsWith("  -", StringComparison.Ordinal) || line.StartsWith("      --", StringComparison.Ordinal));
    }

    /// <summary>A line such as <c>  -m, --memory bytes       Memory limit</c>; a flag has no word behind its name.</summary>
    private static (string Name, char? Letter, bool IsFlag) Option(string line)
    {
        string[] words = line.Trim().Split(' ');
        bool hasLetter = words[0].EndsWith(',');
        int name = hasLetter ? 1 : 0;
        return (words[name][2..], hasLetter ? words[0][1] : null, words.Length == name + 1 || words[name + 1].Length == 0);
    }
}
