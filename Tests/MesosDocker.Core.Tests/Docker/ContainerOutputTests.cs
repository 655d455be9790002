using System.Text;
using MesosDocker.Docker;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>The frames of a container's output, however their bytes arrive.</summary>
public sealed class ContainerOutputTests
{
    private const string Attach = "POST /containers/x/attach";
    private const string Logs = "GET /containers/x/logs";

    private static readonly OutputOptions s_plain = new() { Tty = false };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(4096)]
    [InlineData(1_000_000)]
    public async Task ReadAsync_TakesFramesApart_HoweverTheyArrive(int piece)
    {
        string large = new('z', 70_000);
        await using FakeEngine engine = FakeEngine.OnSocket().On(Attach, FakeReply.Hijacked()
            .Then(FakeReply.Frame(1, "out1\n"), FakeReply.Frame(2, "err1\n"), FakeReply.Frame(1, ""), FakeReply.Frame(0, "in"))
            .Then(FakeReply.Frame(2, large), FakeReply.Frame(1, "ende"))
            .InPiecesOf(piece));
        using DockerEngine client = engine.Client();

        using ContainerOutput output = await client.AttachAsync("x", s_plain, logs: false, CancellationToken.None);
        (string written, string errors) = await ReadAsync(output);

        Assert.Equal("out1\ninende", written);
        Assert.Equal("err1\n" + large, errors);
        Assert.Equal("/v1.41/containers/x/attach?stream=1&stdout=1&stderr=1", Assert.Single(engine.Asked).Target);
    }

    [Fact]
    public async Task ReadAsync_HandsOnWhatHasComeOfAFrame_WithoutWaitingForTheRest()
    {
        var more = new TaskCompletionSource();
        byte[] frame = FakeReply.Frame(1, "first second");
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Attach, FakeReply.Hijacked().Then(frame[..13]).ThenWaitFor(more.Task).Then(frame[13..]));
        using DockerEngine client = engine.Client();
        using ContainerOutput output = await client.AttachAsync("x", s_plain, logs: false, CancellationToken.None);

        string first = TextOf(await output.ReadAsync(CancellationToken.None));
        more.SetResult();

        Assert.Equal("first", first);
        Assert.Equal(" second", TextOf(await output.ReadAsync(CancellationToken.None)));
        Assert.Null(await output.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ReadAsync_TellsWhereAFrameBegins()
    {
        var more = new TaskCompletionSource();
        byte[] frame = FakeReply.Frame(1, "first second");
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Attach, FakeReply.Hijacked().Then(frame[..13]).ThenWaitFor(more.Task).Then(frame[13..]).Then(FakeReply.Frame(2, "third")));
        using DockerEngine client = engine.Client();
        using ContainerOutput output = await client.AttachAsync("x", s_plain, logs: false, CancellationToken.None);

        bool first = (await output.ReadAsync(CancellationToken.None))!.Value.BeginsFrame;
        more.SetResult();
        bool second = (await output.ReadAsync(CancellationToken.None))!.Value.BeginsFrame;
        bool third = (await output.ReadAsync(CancellationToken.None))!.Value.BeginsFrame;

        Assert.Equal((true, false, true), (first, second, third));
    }

    [Fact]
    public async Task ReadAsync_ReadsEveryByteAsItIs_OfATerminal()
    {
        byte[] bytes = [1, 0, 0, 0, 0, 0, 0, 9, 255, 2, 3];
        await using FakeEngine engine = FakeEngine.OnSocket().On(Attach, FakeReply.Hijacked().Then(bytes).InPiecesOf(2));
        using DockerEngine client = engine.Client();
        using ContainerOutput output = await client.AttachAsync(
            "x", new OutputOptions { Tty = true }, logs: true, CancellationToken.None);
        using var all = new MemoryStream();

        while (await output.ReadAsync(CancellationToken.None) is { } chunk)
        {
            Assert.Equal(StreamKind.Output, chunk.Kind);
            all.Write(chunk.Bytes.Span);
        }

        Assert.Equal(bytes, all.ToArray());
        Assert.Equal("1", Assert.Single(engine.Asked).Query("logs"));
    }

    [Fact]
    public async Task ReadAsync_BelievesTheEngine_WhenItSaysThatThereAreFrames()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(
            Logs,
            FakeReply.Chunked("application/vnd.docker.multiplexed-stream").Chunk(FakeReply.Frame(2, "e")).EndOfChunks());
        using DockerEngine client = engine.Client();
        using ContainerOutput output = await client.LogsAsync(
            "x", new LogOptions { Streams = new OutputOptions { Tty = true } }, CancellationToken.None);

        Assert.Equal(("", "e"), await ReadAsync(output));
    }

    [Fact]
    public async Task ReadAsync_RefusesATornFrame_WhereverItIsTorn()
    {
        byte[] frames = [.. FakeReply.Frame(1, "ab"), .. FakeReply.Frame(2, "cde")];
        for (int length = 1; length < frames.Length; length++)
        {
            await using FakeEngine engine = FakeEngine.OnSocket().On(Attach, FakeReply.Hijacked().Then(frames[..length]));
            using DockerEngine client = engine.Client();
            using ContainerOutput output = await client.AttachAsync("x", s_plain, logs: false, CancellationToken.None);

            if (length == 10)
            {
                Assert.Equal(("ab", ""), await ReadAsync(output));
                continue;
            }

            await Engines.FailsAsync(Fault.EngineAnswerInvalid, () => ReadAsync(output));
        }
    }

    [Theory]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 0, 0, 1, 65 })]
    [InlineData(new byte[] { 1, 0, 1, 0, 0, 0, 0, 1, 65 })]
    [InlineData(new byte[] { 72, 101, 108, 108, 111, 44, 32, 119 })]
    public async Task ReadAsync_RefusesWhatIsNoFrame(byte[] bytes)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Attach, FakeReply.Hijacked().Then(bytes));
        using DockerEngine client = engine.Client();
        using ContainerOutput output = await client.AttachAsync("x", s_plain, logs: false, CancellationToken.None);

        MesosDockerException e = await Engines.FailsAsync(Fault.EngineAnswerInvalid, () => ReadAsync(output));

        Assert.Contains("listen to container 'x'", e.Message);
    }

    [Fact]
    public async Task ReadAsync_TakesAFrameOf4GB_PieceByPiece()
    {
        byte[] header = [1, 0, 0, 0, 255, 255, 255, 255];
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Attach, FakeReply.Hijacked().Then(header, new byte[100_000]).ThenHang());
        using DockerEngine client = engine.Client();
        using ContainerOutput output = await client.AttachAsync("x", s_plain, logs: false, CancellationToken.None);

        for (int read = 0; read < 100_000;)
        {
            read += (await output.ReadAsync(CancellationToken.None))!.Value.Bytes.Length;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task ReadAsync_RaisesTheEnginesOwnComplaint(int piece)
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Logs, FakeReply.Chunked()
            .Chunk([.. FakeReply.Frame(1, "a"), .. FakeReply.Frame(3, "error from daemon in stream: Error grabbing logs")])
            .EndOfChunks()
            .InPiecesOf(piece));
        using DockerEngine client = engine.Client();
        using ContainerOutput output = await client.LogsAsync("x", new LogOptions { Streams = s_plain }, CancellationToken.None);

        Assert.Equal("a", TextOf(await output.ReadAsync(CancellationToken.None)));
        Assert.Contains(
            "Error grabbing logs",
            (await Engines.FailsAsync(Fault.EngineRejected, () => output.ReadAsync(CancellationToken.None).AsTask())).Message);
    }

    [Fact]
    public async Task ReadAsync_StopsWhenTheCallerDoes()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Attach, FakeReply.Hijacked().ThenHang());
        using DockerEngine client = engine.Client();
        using ContainerOutput output = await client.AttachAsync("x", s_plain, logs: false, CancellationToken.None);
        using var stop = new CancellationTokenSource();

        Task reading = output.ReadAsync(stop.Token).AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task AttachAsync_HasNoLimit_OnceItHasBegun()
    {
        var later = new TaskCompletionSource();
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Attach, FakeReply.Hijacked().ThenWaitFor(later.Task).Then(FakeReply.Frame(1, "late")))
            .On("GET /containers/x/json", FakeReply.Nothing.ThenHang());
        using DockerEngine client = engine.Client(Engines.Impatient);
        using ContainerOutput output = await client.AttachAsync("x", s_plain, logs: false, CancellationToken.None);

        // Another request runs into the limit meanwhile; the stream does not.
        await Engines.FailsAsync(Fault.EngineUnreachable, () => client.InspectAsync("x", CancellationToken.None));
        later.SetResult();

        Assert.Equal(("late", ""), await ReadAsync(output));
    }

    [Fact]
    public async Task AttachAsync_SaysWhenThereIsNoContainer()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(
            Attach,
            FakeReply.Nothing.Then("HTTP/1.1 404 Not Found\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\nNo such container: x\r\n").ThenClose());
        using DockerEngine client = engine.Client();

        await Engines.FailsAsync(
            Fault.ContainerNotFound, () => client.AttachAsync("x", s_plain, logs: false, CancellationToken.None));
    }

    [Fact]
    public async Task LogsAsync_AsksExactly()
    {
        await using FakeEngine engine = FakeEngine.OnSocket().On(Logs, FakeReply.Chunked().EndOfChunks());
        using DockerEngine client = engine.Client();
        var options = new LogOptions
        {
            Streams = new OutputOptions { Tty = false, Error = false },
            Follow = true,
            Since = DateTimeOffset.UnixEpoch.AddTicks((1_700_000_000L * TimeSpan.TicksPerSecond) + 12_345),
            Tail = 10,
            Timestamps = true,
        };

        using ContainerOutput output = await client.LogsAsync("x", options, CancellationToken.None);

        Assert.Equal(("", ""), await ReadAsync(output));
        Assert.Equal(
            "/v1.41/containers/x/logs?stdout=1&follow=1&since=1700000000.001234500&tail=10&timestamps=1", Assert.Single(engine.Asked).Target);
    }

    [Fact]
    public async Task LogsAsync_NoticesAnEngineThatStops()
    {
        await using FakeEngine engine = FakeEngine.OnSocket()
            .On(Logs, FakeReply.Chunked().Chunk(FakeReply.Frame(1, "a")).ThenClose());
        using DockerEngine client = engine.Client();
        using ContainerOutput output = await client.LogsAsync("x", new LogOptions { Streams = s_plain }, CancellationToken.None);

        await Engines.FailsAsync(Fault.EngineAnswerInvalid, () => ReadAsync(output));
    }

    private static async Task<(string Output, string Error)> ReadAsync(ContainerOutput output)
    {
        var written = new StringBuilder();
        var errors = new StringBuilder();
        while (await output.ReadAsync(CancellationToken.None) is { } chunk)
        {
            (chunk.Kind == StreamKind.Error ? errors : written).Append(TextOf(chunk));
        }

        return (written.ToString(), errors.ToString());
    }

    private static string TextOf(OutputChunk? chunk) => Encoding.UTF8.GetString(chunk!.Value.Bytes.Span);
}
