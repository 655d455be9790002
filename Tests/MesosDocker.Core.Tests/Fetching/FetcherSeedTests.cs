using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Fetching;

/// <summary>The launches with URIs of which it is known what the older containerizers left in the sandbox.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FetcherSeedTests : IDisposable
{
    private readonly SandboxFixture _fixture = new();

    [Theory]
    [InlineData("deimos", "uris", true)]
    [InlineData("deimos", "uris-no-unpack", false)]
    [InlineData("dmc", "uris", true)]
    public async Task Fetch_LeavesWhatTheyLeft(string tool, string name, bool unpack)
    {
        JsonElement seed = Seed(tool, name);
        bool mesos = tool == "dmc";
        _fixture.Options = _fixture.Options with { Unpack = unpack, KeepArchives = mesos, UnpackSingleFiles = mesos };
        await using RawServer server = Serve();

        await _fixture.FetchAsync(Uris(seed, server));

        Assert.Equal(Observed(seed), _fixture.Files.Where(file => !Directory.Exists(_fixture.PathOf(file))));
    }

    [Fact]
    public async Task Fetch_OfAnExecutableArchive_KeepsIt_WhereDeimosUnpackedIt()
    {
        await using RawServer server = Serve();

        await _fixture.FetchAsync(Uris(Seed("deimos", "uri-executable-tar"), server));

        Assert.Equal(["pack.tar.gz"], _fixture.Files);
    }

    [Theory]
    [InlineData("deimos", "uri-missing", "404 Not Found")]
    [InlineData("dmc", "uri-missing", "404 Not Found")]
    [InlineData("deimos", "uri-corrupt", "it is no whole tar archive")]
    public async Task Fetch_FailsWithTheReason_WhereTheyWarnedOrSaidNothing(string tool, string name, string reason)
    {
        await using RawServer server = Serve();

        MesosDockerException e = await _fixture.FailAsync(Fault.FetchFailed, Uris(Seed(tool, name), server));

        Assert.Contains(reason, e.Message);
        Assert.Empty(_fixture.Files);
    }

    public void Dispose() => _fixture.Dispose();

    private static JsonElement Seed(string tool, string name)
    {
        using JsonDocument seeds = JsonDocument.Parse(File.ReadAllBytes(TestData.PathOf("seeds", tool + ".json")));
        return seeds.RootElement.EnumerateArray().Single(seed => seed.GetProperty("name").GetString() == name).Clone();
    }

    private static CommandUri[] Uris(JsonElement seed, RawServer server)
    {
        string[] words = [.. seed.GetProperty("args").EnumerateArray().Select(word => word.GetString()!)];
        return
        [
            .. words.Zip(words.Skip(1))
                .Where(static pair => pair.First.StartsWith("--uri", StringComparison.Ordinal))
                .Select(pair => new CommandUri
                {
                    Value = pair.Second.Replace("http://127.0.0.1:8099/", server.Url("")),
                    Executable = pair.First == "--uri-executable",
                    Extract = pair.First != "--uri-no-extract",
                }),
        ];
    }

    /// <summary>Without what the containerizer itself put there.</summary>
    private static IEnumerable<string> Observed(JsonElement seed) => seed.GetProperty("observed").GetProperty("sandbox").EnumerateArray()
        .Select(file => file.GetString()!)
        .Where(file => file is not ("stdout" or "stderr" or "docker_stdout" or "docker_stderr" or "deimos.cfg"))
        .Select(file => file.StartsWith("fs/", StringComparison.Ordinal) ? file["fs/".Length..] : file)
        .Order(StringComparer.Ordinal);

    private static RawServer Serve() => new(async request =>
    {
        byte[]? body = request.Target.Split('?')[0] switch
        {
            "/plain.txt" => "plain"u8.ToArray(),
            "/run.sh" => "#!/bin/sh"u8.ToArray(),
            "/pack.tar.gz" => Archives.Gzip(Archives.Tar(Archives.File("x/inner.txt", "inner"))),
            "/pack.zip" => Archives.Zip(("x/inner.txt", "inner", 0)),
            _ => null,
        };
        string status = body is null ? "404 Not Found" : "200 OK";
        await request.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body?.Length ?? 0}\r\n\r\n"));
        await request.WriteAsync(body ?? []);
    });
}
