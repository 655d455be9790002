using System.Text;
using MesosDocker.Docker;

namespace MesosDocker.Integration.Tests.Docker;

/// <summary>Output, logs, events and programs inside containers, of a real engine.</summary>
public sealed class StreamTests(EngineFixture fixture)
{
    private static readonly OutputOptions s_plain = new() { Tty = false };

    private DockerEngine Engine => fixture.Engine;

    [Fact]
    public async Task ManyMegabytes_ArriveWhole()
    {
        (_, string output, string error) = await fixture.RunAsync(
            fixture.Shell("yes 0123456789abcde | head -c 20000000; echo done >&2"));

        Assert.Equal(20_000_000, output.Length);
        Assert.Equal(string.Concat(Enumerable.Repeat("0123456789abcde\n", 4)), output[^64..]);
        Assert.Equal("done\n", error);
    }

    [Fact]
    public async Task ATerminal_ComesAsOneStream()
    {
        (ContainerExit exit, string output, string error) = await fixture.RunAsync(
            fixture.Shell("tty; echo to-error >&2; exit 2") with { Tty = true });

        Assert.Equal((2L, "/dev/pts/0\r\nto-error\r\n", ""), (exit.ExitCode, output, error));
    }

    [Fact]
    public async Task OneStream_CanBeLeftOut()
    {
        string id = await fixture.CreateAsync(fixture.Shell("echo out; echo err >&2"));
        using ContainerOutput output = await Engine.AttachAsync(
            id, s_plain with { Output = false }, logs: false, CancellationToken.None);
        await Engine.StartAsync(id, CancellationToken.None);

        Assert.Equal(("", "err\n"), await EngineFixture.ReadAsync(output));
        await fixture.RemoveAsync(id);
    }

    [Fact]
    public async Task Logs_TellWhatWasWritten_SinceThenAndFromTheEnd()
    {
        string id = await fixture.StartAsync(fixture.Shell("echo one; echo err >&2; sleep 0.5; echo two; sleep 0.5; echo three"));
        using (ContainerOutput followed = await Engine.LogsAsync(
            id, new LogOptions { Streams = s_plain, Follow = true }, CancellationToken.None))
        {
            Assert.Equal(("one\ntwo\nthree\n", "err\n"), await EngineFixture.ReadAsync(followed));
        }

        (string stamped, _) = await LogsAsync(id, new LogOptions { Streams = s_plain with { Error = false }, Timestamps = true });
        string[] lines = stamped.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["one", "two", "three"], lines.Select(static line => line.Split(' ')[1]));

        // A stamp has nine digits after the point, a DateTimeOffset seven: what is cut off is before the line, the next tick
        // after.
        string stamp = lines[1].Split(' ')[0];
        var second = DateTimeOffset.Parse(
            stamp[..(stamp.IndexOf('.') + 8)] + "Z", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal("three\n", (await LogsAsync(id, new LogOptions { Streams = s_plain, Since = second.AddTicks(1) })).Output);
        Assert.Equal("two\nthree\n", (await LogsAsync(id, new LogOptions { Streams = s_plain, Since = second })).Output);
        Assert.Equal("three\n", (await LogsAsync(id, new LogOptions { Streams = s_plain, Tail = 1 })).Output);
        await fixture.RemoveAsync(id);
    }

    [Fact]
    public async Task AttachedLate_WithLogs_NothingIsMissing()
    {
        string id = await fixture.StartAsync(fixture.Shell("echo early; sleep 1; echo late"));
        using ContainerWait wait = await Engine.BeginWaitAsync(id, WaitCondition.NotRunning, CancellationToken.None);
        while ((await LogsAsync(id, new LogOptions { Streams = s_plain })).Output.Length == 0)
        {
            await Task.Delay(10);
        }

        using ContainerOutput output = await Engine.AttachAsync(id, s_plain, logs: true, CancellationToken.None);

        Assert.Equal(("early\nlate\n", ""), await EngineFixture.ReadAsync(output));
        await wait.ExitAsync(CancellationToken.None);
        await fixture.RemoveAsync(id);
    }

    [Fact]
    public async Task Logs_OfADriverThatKeepsNone_AreRefused()
    {
        string id = await fixture.StartAsync(fixture.Spec("true") with
        {
            HostConfig = new HostConfig { NetworkMode = "host", LogConfig = new LogConfig { Type = "none" } },
        });

        MesosDockerException e = await EngineFixture.FailsAsync(
            Fault.EngineRejected, () => LogsAsync(id, new LogOptions { Streams = s_plain }));

        Assert.Contains("does not support reading", e.Message);
        await fixture.RemoveAsync(id);
    }

    [Fact]
    public async Task Events_TellALife()
    {
        DateTimeOffset begin = DateTimeOffset.UtcNow;
        string id = await fixture.CreateAsync(fixture.Shell("exit 6"));
        using EngineEvents events = await Engine.BeginEventsAsync(
            new EventFilter { Types = ["container"], Containers = [id], Labels = [fixture.Label], Since = begin.AddSeconds(-1) },
            CancellationToken.None);
        await Engine.StartAsync(id, CancellationToken.None);
        using (ContainerWait wait = await Engine.BeginWaitAsync(id, WaitCondition.NotRunning, CancellationToken.None))
        {
            await wait.ExitAsync(CancellationToken.None);
        }

        await fixture.RemoveAsync(id);
        var seen = new List<EngineEvent>();
        await foreach (EngineEvent happened in events.ReadAllAsync(CancellationToken.None))
        {
            seen.Add(happened);
            if (happened.Action == "destroy")
            {
                break;
            }
        }

        Assert.Equal(["create", "start", "die", "destroy"], seen.Select(static one => one.Action));
        Assert.All(seen, one => Assert.Equal((id, "container"), (one.Actor!.Id, one.Type)));
        Assert.Equal("6", seen[2].Actor!.Attributes["exitCode"]);
        Assert.InRange(seen[0].Time, begin.AddSeconds(-1), DateTimeOffset.UtcNow.AddSeconds(1));
    }

    [Fact]
    public async Task Events_OfThePast_ComeToAnEnd()
    {
        DateTimeOffset begin = DateTimeOffset.UtcNow.AddSeconds(-1);
        await fixture.RunAsync(fixture.Spec("true"));
        var actions = new List<string>();

        await foreach (EngineEvent happened in Engine.EventsAsync(
            new EventFilter { Labels = [fixture.Label], Actions = ["die"], Since = begin, Until = DateTimeOffset.UtcNow }, CancellationToken.None))
        {
            actions.Add(happened.Action);
        }

        Assert.NotEmpty(actions);
        Assert.All(actions, static action => Assert.Equal("die", action));
    }

    [Fact]
    public async Task AProgramInside_RunsToItsEnd()
    {
        string id = await fixture.StartAsync(fixture.Spec("sleep", "1000"));

        ExecResult result = await Engine.ExecAsync(
            id,
            new ExecSpec { Cmd = ["sh", "-c", "echo $A; id -u; pwd; echo err >&2; exit 7"], Env = ["A=b"], User = "nobody", WorkingDir = "/etc" },
            10_000,
            CancellationToken.None);
        ExecResult flood = await Engine.ExecAsync(
            id, new ExecSpec { Cmd = ["sh", "-c", "yes | head -c 3000000"] }, 1000, CancellationToken.None);
        ExecResult terminal = await Engine.ExecAsync(
            id, new ExecSpec { Cmd = ["tty"], Tty = true }, 1000, CancellationToken.None);
        ExecResult missing = await Engine.ExecAsync(
            id, new ExecSpec { Cmd = ["/no/such/program"] }, 1000, CancellationToken.None);

        Assert.Equal((7, "b\n65534\n/etc\n", "err\n", false), (
            result.ExitCode, Text(result.Output), Text(result.Error), result.Truncated));
        Assert.Equal((0, 1000, true), (flood.ExitCode, flood.Output.Length, flood.Truncated));
        Assert.Equal((0, "/dev/pts/0\r\n"), (terminal.ExitCode, Text(terminal.Output)));
        Assert.Contains(missing.ExitCode, (int[])[126, 127]);
        await fixture.RemoveAsync(id);
    }

    [Fact]
    public async Task AProgramInside_OfAContainerThatEnds_EndsToo()
    {
        string id = await fixture.StartAsync(fixture.Spec("sleep", "1000"));
        Task<ExecResult> inside = Engine.ExecAsync(
            id, new ExecSpec { Cmd = ["sh", "-c", "touch /tmp/up; sleep 1000"] }, 0, CancellationToken.None);
        while ((await Engine.ExecAsync(id, new ExecSpec { Cmd = ["test", "-f", "/tmp/up"] }, 0, CancellationToken.None)).ExitCode != 0)
        {
        }

        await Engine.KillAsync(id, "KILL", CancellationToken.None);

        Assert.Equal(137, (await inside).ExitCode);
        await EngineFixture.FailsAsync(
            Fault.ContainerNotRunning, () => Engine.ExecAsync(id, new ExecSpec { Cmd = ["true"] }, 0, CancellationToken.None));
        await fixture.RemoveAsync(id);
    }

    private async Task<(string Output, string Error)> LogsAsync(string id, LogOptions options)
    {
        using ContainerOutput output = await Engine.LogsAsync(id, options, CancellationToken.None);
        return await EngineFixture.ReadAsync(output);
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
