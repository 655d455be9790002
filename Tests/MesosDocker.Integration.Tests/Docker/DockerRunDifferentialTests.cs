using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MesosDocker.Docker;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>
/// The real docker clients, talking to an engine that records, and our parser have to make the same of a line, and refuse the same lines.
/// </summary>
public sealed class DockerRunDifferentialTests : IDisposable
{
    private const string Image = "busybox";
    private const int RandomLines = 200;

    private static readonly JsonSerializerOptions s_json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly string _directory = Directory.CreateTempSubdirectory("lines-").FullName;
    private readonly Dictionary<string, string> _environment;
    private readonly DirectoryRunFiles _files;

    public DockerRunDifferentialTests()
    {
        _environment = new Dictionary<string, string>
        {
            ["HOME"] = _directory,
            ["DOCKER_CONFIG"] = _directory,
            ["FROM_CLIENT"] = "yes",
            ["EMPTY"] = "",
        };
        _files = new DirectoryRunFiles(_directory, name => _environment.GetValueOrDefault(name));
        Write("variables.list", "\uFEFF# comment\nFIRST=1\n\n  SECOND=two words \r\nFROM_CLIENT\nNOT_THERE\nEMPTY\nQ=\"quoted\"");
        Write("more.list", "FIRST=more\nTHIRD=3");
        Write("labels.list", "color=red\n# comment\nsize\nempty=\ntext=a=b");
        Write("broken.list", "GOOD=1\nBAD KEY=2\n");
        Write("nameless.list", "=x\n");
        Write("profile.json", "{\n  \"defaultAction\": \"SCMP_ACT_ERRNO\",\n  \"note\": \"a \\\" b\\\\\",\t\"n\": [ 1, 2.50, null ]\n}\n");
        File.WriteAllBytes(Path.Combine(_directory, "binary.list"), [0x41, 0x3d, 0xff, 0xfe]);
    }

    public static TheoryData<string, string> Clients() => Rows(DockerClient.Installed);

    /// <summary>Those that know every option.</summary>
    public static TheoryData<string, string> RecentClients() => Rows(DockerClient.Installed.Where(client => client.Version.Major >= 28));

    // One empty row for none: xUnit 3.2 reports a theory without data as an error of its own, even where it is to be skipped.
    private static TheoryData<string, string> Rows(IEnumerable<DockerClient> clients)
        => [.. clients.SelectMany(client => Versions(client).Select(api => (client.Path, api))).DefaultIfEmpty(("", ""))];

    private static string[] Versions(DockerClient client) => client.Version.Major >= 25 ? ["1.44", "1.51"] : ["1.41"];

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [MemberData(nameof(Clients))]
    public Task AcceptedLines_BecomeWhatTheClientSends(string path, string api)
        => ForEachAsync(Lines("create", OptionLines.Accepted, path), Client(path), api, Compare);

    [Theory]
    [MemberData(nameof(Clients))]
    public Task LinesForRun_BecomeWhatTheClientSends(string path, string api)
        => ForEachAsync(Lines("run", OptionLines.Run, path), Client(path), api, Compare);

    [Theory]
    [MemberData(nameof(Clients))]
    public Task RefusedLines_AreRefusedHereToo(string path, string api)
        => ForEachAsync(Lines("create", OptionLines.Refused, path), Client(path), api, (words, _, attempt) =>
            attempt.Created is not null ? "the client accepts it"
                : attempt.Error.Length == 0 ? "the client says nothing"
                : Read(words) is null ? null
                : "accepted here");

    [Theory]
    [MemberData(nameof(RecentClients))]
    public Task LinesMadeUp_BecomeWhatTheClientSends(string path, string api)
    {
        IEnumerable<Trial> lines = Enumerable
            .Range(0, RandomLines)
            .Select(seed => new RandomRunLines(seed).Options(IsForEveryEngine))
            .Select(options => new Trial(["create", .. options, Image], Windows: false))
            .Where(line => Read(line.Words) is not null && !line.Words.Any(IsInlineProfile));

        return ForEachAsync([.. lines], Client(path), api, Compare);
    }

    private static DockerClient Client(string path)
    {
        Assert.SkipWhen(path.Length == 0, "there is no docker client of such a version");
        return DockerClient.Installed.Single(client => client.Path == path);
    }

    // The others need files, a registry, an engine on Windows, or a container that is started.
    private static bool IsForEveryEngine(RunOption option)
        => option is { RunOnly: false, WindowsOnly: false, Name: not ("cidfile" or "pull" or "use-api-socket" or "disable-content-trust") };

    // Ours takes what the file would hold, so that it can be written again; the client takes a file only.
    private static bool IsInlineProfile(string word) => word.Contains("seccomp={", StringComparison.Ordinal);

    private static List<Trial> Lines(string verb, IReadOnlyList<OptionLine> lines, string path)
        => [.. lines
            .Where(line => Version.Parse(line.Since) <= Client(path).Version)
            .Select(line => new Trial(Words(verb, line.Words), line.Windows))];

    private async Task ForEachAsync(
        List<Trial> lines, DockerClient client, string api, Func<IReadOnlyList<string>, DockerClient, Attempt, string?> judge)
    {
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (line, cancellationToken) =>
        {
            await using var engine = new RecordingEngine(api, line.Windows ? "windows" : "linux");
            (_, string error) = await client.RunAsync(["-H", engine.Address, .. line.Words], _directory, _environment, cancellationToken);
            if (judge(line.Words, client, new Attempt(engine.Created, error.Trim())) is { } problem)
            {
                wrong.Add($"{ShellWords.Join(line.Words)}\n    {problem}\n    the client said: {error.Trim()}");
            }
        });

        Assert.NotEmpty(lines);
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {lines.Count} lines:\n" + string.Join("\n", wrong.Order()));
    }

    private string? Compare(IReadOnlyList<string> words, DockerClient client, Attempt attempt)
    {
        if (attempt.Created is not { } created)
        {
            return "the client refuses it";
        }

        if (Read(words) is not { } run)
        {
            return $"refused here: {Refusal(words)}";
        }

        ContainerSpec container = run.Container;
        bool attachesByDefault = !run.Detach
            && container is { AttachStdout: null, AttachStderr: null }
            && (container.AttachStdin is null || container.OpenStdin == true);
        int api = int.Parse(created.Path.Split('/')[1].Split('.')[1], CultureInfo.InvariantCulture);
        string theirs = CreateBody.Normal(created.Body, attachesByDefault, api, client.Version.Major >= 25);
        string ours = CreateBody.Normal(JsonSerializer.Serialize(container, s_json), attachesByDefault, api, client.Version.Major >= 25);

        // The client puts in the machine's own architecture where there is none.
        string platform = QueryValue(created.Query, "platform");
        return ours != theirs ? $"ours:\n{ours}\ntheirs:\n{theirs}"
            : QueryValue(created.Query, "name") != (run.Name ?? "") ? $"ours has the name {run.Name}, theirs not"
            : !platform.StartsWith(run.Platform ?? "", StringComparison.Ordinal) || (run.Platform is null && platform.Length > 0)
                ? $"ours has the platform {run.Platform}, theirs {platform}"
            : null;
    }

    private static string QueryValue(string query, string name) => query
        .Split('&')
        .Select(pair => pair.Split('=', 2))
        .Where(pair => pair[0] == name)
        .Select(pair => Uri.UnescapeDataString(pair[1]))
        .FirstOrDefault("");

    /// <summary>Null if it is refused.</summary>
    private DockerRun? Read(IReadOnlyList<string> words)
    {
        try
        {
            return DockerRunLine.Parse(words, _files).Run;
        }
        catch (MesosDockerException)
        {
            return null;
        }
    }

    private string Refusal(IReadOnlyList<string> words)
        => Assert.Throws<MesosDockerException>(() => DockerRunLine.Parse(words, _files)).Message;

    private static List<string> Words(string verb, string line)
    {
        List<string> words = [verb, .. ShellWords.Split(line)];
        int image = words.IndexOf("IMAGE");
        if (words[^1] == "NONE")
        {
            words.RemoveAt(words.Count - 1);
        }
        else if (image >= 0)
        {
            words[image] = Image;
        }
        else
        {
            words.Add(Image);
        }

        return words;
    }

    private sealed record Trial(IReadOnlyList<string> Words, bool Windows);

    /// <summary>What came of a line: a request, or else an error.</summary>
    private sealed record Attempt(RecordedCreate? Created, string Error);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory, name), text);
}
