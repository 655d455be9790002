using System.Globalization;
using System.Text;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

/// <summary>Sandboxes, through an agent that answers as Mesos does: a file's bytes as they are, between quotes.</summary>
public sealed class AgentFilesTests
{
    private const string Path = "/sandbox/stdout";

    private const string State = """
        {"frameworks":[{"executors":[
            {"id":"web.1","directory":"/work/web.1","tasks":[{"id":"web.1"}]},
            {"id":"custom","directory":"/work/custom","tasks":[{"id":"job.1"}],"queued_tasks":[{"id":"job.2"}],"completed_tasks":[{"id":"job.0"}]},
            {"id":"group","type":"DEFAULT","directory":"/work/group","tasks":[{"id":"pod.1"}]},
            {"id":"odd"}, 7],
          "completed_executors":[{"id":"web.0","directory":"/work/web.0","completed_tasks":[{"id":"web.0"}]}]}],
         "completed_frameworks":[{"completed_executors":[{"id":"","directory":"/work/old","completed_tasks":[{"id":"old.1"}]}]}]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("web.1", "/work/web.1")]
    [InlineData("job.0", "/work/custom")]
    [InlineData("job.1", "/work/custom")]
    [InlineData("job.2", "/work/custom")]
    [InlineData("pod.1", "/work/group/tasks/pod.1")]
    [InlineData("web.0", "/work/web.0")]
    [InlineData("old.1", "/work/old")]
    [InlineData("none", null)]
    public async Task FindSandbox_KnowsTasksThatRunAndThoseThatEnded(string task, string? directory)
    {
        await using FakeMarathon agent = new();
        agent.On("GET /state", State);
        using AgentFiles files = Files(agent);

        Assert.Equal(directory, await files.FindSandboxAsync(task, Token));
    }

    [Fact]
    public async Task Browse_Lists()
    {
        await using FakeMarathon agent = new();
        agent.On("GET /files/browse", """
            [{"gid":"root","mode":"-rw-r--r--","mtime":1577836800,"nlink":1,"path":"/work/a/stdout","size":5000000000,"uid":"root"},
             {"mode":"drwxr-xr-x","path":"/work/a/sub","size":4096}]
            """);
        using AgentFiles files = Files(agent);

        IReadOnlyList<AgentFile> found = (await files.BrowseAsync("/work/a b", Token))!;

        Assert.Equal(["/work/a b"], agent.Requests.Single().Query("path"));
        Assert.Equal(("stdout", 5_000_000_000, false), (found[0].Name, found[0].Size, found[0].IsFolder));
        Assert.Equal(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), found[0].ChangedAt);
        Assert.True(found[1].IsFolder);
        Assert.Null(await Files(new FakeMarathon()).BrowseAsync("/none", Token));
    }

    [Fact]
    public async Task AnOldAgent_HasOtherPaths()
    {
        await using FakeMarathon agent = new();
        agent.On("GET /state.json", State);
        agent.On("GET /files/read.json", """{"data":"x","offset":0}""");
        using AgentFiles files = Files(agent);

        Assert.NotNull(await files.FindSandboxAsync("web.1", Token));
        Assert.Equal("x", Encoding.UTF8.GetString((await files.ReadAsync("/a", 0, Token))!.Data.Span));
        Assert.Equal(["GET /state", "GET /state.json", "GET /files/read.json"], agent.Routes());
    }

    // What is between the quotes is not always text: the piece begins and ends within a character.
    [Fact]
    public void APiece_IsTheFilesOwnBytes()
    {
        byte[] json = [.. "{\"data\":\""u8, 0xac, .. "a\\n\\t\\\"\\\\\\/\\b\\f\\r\\u0000\\u001b\\u00e9\\ud83d\\ude00\\ud83dx"u8, 0xe2, 0x82, .. "\",\"offset\":7,\"later\":[1]}"u8];

        AgentPiece piece = AgentPieceText.Read(json);

        Assert.Equal(7, piece.Offset);
        Assert.Equal([0xac, .. "a\n\t\"\\/\b\f\r\0\u001bé😀�x"u8, 0xe2, 0x82], piece.Data.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"data\":\"x\"}")]
    [InlineData("{\"data\":7,\"offset\":0}")]
    [InlineData("{\"data\":\"x\",\"offset\":-1}")]
    [InlineData("{\"data\":\"x")]
    [InlineData("{\"data\":\"\\u12\",\"offset\":0}")]
    public async Task APieceThatIsNone_IsToldSo(string body)
    {
        await using FakeMarathon agent = new();
        agent.On("GET /files/read", body);
        using AgentFiles files = Files(agent);

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => files.ReadAsync("/a", 0, Token));

        Assert.Equal(Fault.AgentRejected, e.Fault);
        Assert.Contains("read '/a'", e.Message);
    }

    [Theory]
    [InlineData(403, Fault.AgentRejected)]
    [InlineData(500, Fault.AgentRejected)]
    [InlineData(503, Fault.AgentUnreachable)]
    public async Task AnAgentThatRefuses_IsCalledAnAgent(int status, Fault fault)
    {
        await using FakeMarathon agent = new();
        agent.On("GET /files/read", "no", status);
        using AgentFiles files = Files(agent);

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(() => files.ReadAsync("/a", 0, Token));

        Assert.Equal(fault, e.Fault);
        Assert.Contains("The Mesos agent at", e.Message);
    }

    [Theory]
    [InlineData("", null, "")]
    [InlineData("a\nb\n", null, "a|b")]
    [InlineData("a\r\nb", null, "a|b")]
    [InlineData("a\n\nb\n", null, "a||b")]
    [InlineData("a\nb\nc\n", 2, "b|c")]
    [InlineData("a\nb\nc", 2, "b|c")]
    [InlineData("a\nb\nc\n", 3, "a|b|c")]
    [InlineData("a\nb\nc\n", 9, "a|b|c")]
    [InlineData("a\nb\nc\n", 0, "")]
    [InlineData("\n\n\n", 2, "|")]
    [InlineData("grün\n€ 😀\n", 1, "€ 😀")]
    public async Task ReadLines_GivesTheLastOnes_WhateverThePiecesAre(string text, int? tail, string lines)
    {
        foreach (int piece in (int[])[1, 2, 3, 1000])
        {
            await using FakeMarathon agent = Serving(() => Encoding.UTF8.GetBytes(text), piece);
            using AgentFiles files = Files(agent);

            // Backwards it reads as much as it asks for, as an agent gives it.
            List<string> read = await files.ReadLinesAsync(Path, new LineQuery { Tail = piece == 1000 ? tail : null }, Token).ToListAsync(Token);

            Assert.Equal(piece == 1000 ? lines : string.Join('|', text.ReplaceLineEndings("\n").Split('\n').SkipLast(text.EndsWith('\n') || text.Length == 0 ? 1 : 0)), string.Join('|', read));
        }
    }

    [Fact]
    public async Task ReadLines_FindsTheLastOnes_FarBack()
    {
        string[] all = [.. Enumerable.Range(0, 40_000).Select(static i => $"line {i} é")];
        byte[] text = Encoding.UTF8.GetBytes(string.Join('\n', all) + "\n");
        await using FakeMarathon agent = Serving(() => text, 64 << 10);
        using AgentFiles files = Files(agent);

        Assert.Equal(all[^20_000..], await files.ReadLinesAsync(Path, new LineQuery { Tail = 20_000 }, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task ReadLines_OfAFileThatIsNotThere_SaysSo()
    {
        await using FakeMarathon agent = new();
        using AgentFiles files = Files(agent);

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(
            async () => await files.ReadLinesAsync(Path, new LineQuery { Tail = 3 }, Token).ToListAsync(Token));

        Assert.Equal(Fault.FileUnreadable, e.Fault);
    }

    [Fact]
    public async Task ReadLines_Follows_FromBeforeTheFileIsThere_OverItsRotation_ToItsEnd()
    {
        string?[] moments = [null, "", "a\nb", "a\nb\nc\n", "d\n", "d\ne"];
        int moment = 0;
        await using FakeMarathon agent = Serving(() => moments[moment] is { } text ? Encoding.UTF8.GetBytes(text) : null, 1000);
        using AgentFiles files = Files(agent);
        var query = new LineQuery
        {
            Follow = true,
            Poll = TimeSpan.FromMilliseconds(1),
            IsOver = _ => ValueTask.FromResult(++moment >= moments.Length && (moment = moments.Length - 1) > 0),
        };

        Assert.Equal(["a", "b", "c", "d", "e"], await files.ReadLinesAsync(Path, query, Token).ToListAsync(Token));
    }

    [Fact]
    public async Task ReadLines_IsNotFooledByAnAgentThatIgnoresTheOffset()
    {
        await using FakeMarathon agent = new();
        agent.On("GET /files/read", """{"data":"a\nb","offset":0}""");
        using AgentFiles files = Files(agent);

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(
            async () => await files.ReadLinesAsync(Path, new LineQuery(), Token).ToListAsync(Token));

        Assert.Equal(Fault.AgentRejected, e.Fault);
    }

    [Fact]
    public void ALineWithoutEnd_IsCut()
    {
        var lines = new LineSplitter();
        List<string> read = [];
        for (int i = 0; i < 40; i++)
        {
            read.AddRange(lines.Read(Encoding.UTF8.GetBytes(new string('x', 64 << 10))));
        }

        Assert.Equal(2, read.Count);
        Assert.All(read, static line => Assert.Equal(1 << 20, line.Length));
    }

    [Fact]
    public async Task TheAgent_IsWhereTheClusterSays_AndKnowsUsThere()
    {
        await using FakeMarathon both = new();
        both.On("GET /v2/info", $$$"""{"marathon_config":{"agent_url":"{{{both.Url}}}","mesos_leader_ui_url":"http://no-such-host.invalid"}}""");
        both.On("GET /state", State);
        using MarathonClient client = both.Client(both.Connection with { Token = "t" });

        using TaskSandbox sandbox = await TaskSandbox.OpenAsync(client, new AppTask { Id = "web.1", Host = "h" }, Token);

        Assert.Equal("/work/web.1/stdout", sandbox.PathOf("stdout"));
        Assert.Equal("token=t", both.Requests.Last().Header("Authorization"));
    }

    [Fact]
    public async Task TheAgent_IsWhereTheMasterSays_AndIsNotToldWhoWeAreToMarathon()
    {
        await using FakeMarathon agent = new();
        await using FakeMarathon master = new();
        await using FakeMarathon marathon = new();
        agent.On("GET /state", State);
        master.On("GET /slaves", $$"""{"slaves":[{"id":"S0","pid":"slave(1)@10.9.9.9:5051"},{"id":"S1","pid":"slave(1)@{{agent.Url.Authority}}"}]}""");
        marathon.On("GET /v2/info", $$$"""{"marathon_config":{"mesos_leader_ui_url":"{{{master.Url}}}"}}""");
        using MarathonClient client = marathon.Client(marathon.Connection with { Token = "t", UserName = "u" });

        using TaskSandbox sandbox = await TaskSandbox.OpenAsync(client, new AppTask { Id = "web.1", SlaveId = "S1", Host = "no-such-host.invalid" }, Token);

        Assert.Equal("/work/web.1", sandbox.Directory);
        Assert.Null(agent.Requests.Single().Header("Authorization"));
        Assert.Null(master.Requests.Single().Header("Authorization"));

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(
            () => TaskSandbox.OpenAsync(client, new AppTask { Id = "none", SlaveId = "S1" }, Token));
        Assert.Equal(Fault.TaskNotFound, e.Fault);
    }

    [Fact]
    public async Task TheAgent_IsOnTheTasksHost_WhenNobodySaysMore()
    {
        await using FakeMarathon marathon = new();
        marathon.On("GET /v2/info", """{"marathon_config":{}}""");
        using MarathonClient client = marathon.Client();

        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(
            () => TaskSandbox.OpenAsync(client, new AppTask { Id = "t", SlaveId = "S1", Host = "no-such-host.invalid" }, Token));

        Assert.Equal(Fault.AgentUnreachable, e.Fault);
        Assert.Contains("http://no-such-host.invalid:5051", e.Message);
    }

    private static AgentFiles Files(FakeMarathon agent) => new(new AgentConnection { Address = agent.Url }, FakeMarathon.Quick);

    // As Mesos: no more than a piece, an offset behind the end is the end, and the bytes are written as they are but for a few escapes.
    private static FakeMarathon Serving(Func<byte[]?> file, int piece)
    {
        var agent = new FakeMarathon();
        agent.On("GET /files/read", async exchange =>
        {
            Assert.Equal([Path], exchange.Query("path"));
            if (file() is not { } bytes)
            {
                await exchange.ReplyAsync(404, "No such file or directory.\n", type: "text/plain");
                return;
            }

            long asked = long.Parse(exchange.Query("offset")[0], CultureInfo.InvariantCulture);
            int offset = (int)(asked < 0 || asked > bytes.Length ? bytes.Length : asked);
            ReadOnlyMemory<byte> part = bytes.AsMemory(offset, Math.Min(piece, bytes.Length - offset));
            byte[] data = [.. part.ToArray().SelectMany(static one => one switch
            {
                (byte)'"' or (byte)'\\' => [(byte)'\\', one],
                < 0x20 => Encoding.ASCII.GetBytes($"\\u{(int)one:x4}"),
                _ => new[] { one },
            })];
            byte[] body = [.. "{\"data\":\""u8, .. data, .. Encoding.ASCII.GetBytes($"\",\"offset\":{offset}}}")];
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n");
            await exchange.WriteAsync(body);
        });
        return agent;
    }
}
