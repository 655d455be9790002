using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>
/// Frames that no agent sends, through the executable: it ends with status 1, one line on standard error and nothing on standard output,
/// and has never held more than 64 MB. (That every message cut at every byte is refused is tested beside the decoders.)
/// </summary>
public sealed class HostileFrameTests : IDisposable
{
    private const int Mutations = 60;
    private const long MostMemory = 64 * 1024;
    private const string Timer = "/usr/bin/time";

    private static readonly string[] s_verbs = ["launch", "update", "usage", "wait", "destroy", "docker-run"];

    private readonly TemporaryDirectory _files = new();

    public static TheoryData<string> Verbs() => [.. s_verbs];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Frame_CutOff_IsRefused(string verb)
    {
        byte[] frame = FrameOf(Message(verb));
        int step = Math.Max(1, frame.Length / 40);
        for (int length = 0; length < frame.Length; length += step)
        {
            AssertRefused(await RunAsync(verb, frame[..length]), $"{verb}, {length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Length_ThatLies_IsRefused(string verb)
    {
        foreach (uint length in (uint[])[uint.MaxValue, int.MaxValue, 0x80000000, Frames.MaxLength + 1, Frames.MaxLength, 1 << 20])
        {
            byte[] frame = FrameOf(Message(verb));
            BinaryPrimitives.WriteUInt32LittleEndian(frame, length);
            AssertRefused(await RunAsync(verb, frame), $"{verb}, a length of {length}");
        }

        AssertRefused(await RunAsync(verb, [0, 0, 0, 0]), $"{verb}, a length of 0");
    }

    /// <summary>The largest frames that are read at all, with as much in them as two bytes can make.</summary>
    [Fact]
    public async Task LargeFrames_StayInBounds()
    {
        byte[] id = Field(1, Field(1, "hostile"u8));
        byte[][] executors = [Repeat(Field(1, [])), Repeat(Field(2, Field(1, []))), Field(2, Repeat(Field(1, []))), Repeat(Field(7, []))];
        byte[][] containers = [Repeat(Field(2, [])), Field(3, Repeat(Field(3, []))), Field(3, Repeat(Field(5, [])))];
        byte[][] messages =
        [
            new byte[Frames.MaxLength],
            .. executors.Select(command => (byte[])[.. id, .. Field(3, Field(7, command))]),
            .. containers.Select(container => (byte[])[.. id, .. Field(3, Field(11, container))]),
            [.. id, .. Field(3, Repeat(Field(5, [])))],
            [.. id, .. Repeat(Field(2, []))],
            [.. id, .. Field(4, Filled())],
            [.. id, .. Field(2, Field(2, Field(1, Filled())))],
            Field(1, Field(1, Filled())),
            Nested(),
        ];
        foreach (byte[] message in messages)
        {
            foreach (string verb in (string[])["launch", "update", "destroy"])
            {
                AssertBounded(await RunAsync(verb, FrameOf(message)), $"{verb}, {message.Length} bytes: {Convert.ToHexString(message.AsSpan(0, Math.Min(40, message.Length)))}");
            }
        }
    }

    /// <summary>Bytes changed at random, from a seed: understood or refused.</summary>
    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Frame_Changed_IsUnderstoodOrRefused(string verb)
    {
        var random = new Random(20260301);
        byte[] good = FrameOf(Message(verb));
        for (int round = 0; round < Mutations; round++)
        {
            byte[] bad = [.. good];
            for (int changes = random.Next(1, 6); changes > 0; changes--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            AssertBounded(await RunAsync(verb, bad), $"{verb}, {Convert.ToHexString(bad)}");
        }

        await HookFixture.UntilAsync(() => !HookFixture.PidsOf(_files.Root).Any(), "what was launched to end");
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task ClosedInput_IsRefused(string verb) => AssertRefused(await RunAsync(verb, []), verb);

    public void Dispose() => _files.Dispose();

    private static void AssertRefused(Run run, string what)
    {
        AssertBounded(run, what);
        Assert.True(run.Status == 1, $"{what}: status {run.Status}");
    }

    private static void AssertBounded(Run run, string what)
    {
        Assert.True(run.Kilobytes is > 0 and < MostMemory, $"{what}: {run.Kilobytes} kB");
        Assert.True(run.Status is 0 or 1, $"{what}: status {run.Status}: {run.Error}");
        if (run.Status == 1)
        {
            Assert.True(run.Output.Length == 0, $"{what}: there is output");
            Assert.True(run.Error.Count(static c => c == '\n') == 1 && run.Error.StartsWith("mesos-docker: ", StringComparison.Ordinal), $"{what}: {run.Error}");
            Assert.True(run.Error.Length < 1000, $"{what}: {run.Error.Length} characters of error");
        }
    }

    /// <summary>What an agent sends for a verb.</summary>
    private static byte[] Message(string verb)
    {
        ContainerId id = ContainerId.Parse("hostile");
        return verb switch
        {
            "launch" or "docker-run" => File.ReadAllBytes(TestData.PathOf("ecp", "custom-executor-two-tasks", "0001-launch", "request.frame"))[sizeof(uint)..],
            "update" => MesosCodec.EncodeUpdate(new Update(id, new Resources { Cpus = 1, Memory = 64 })),
            _ => MesosCodec.EncodeContainerId(id),
        };
    }

    private static byte[] FrameOf(byte[] message)
    {
        var frame = new MemoryStream();
        Frames.Write(frame, message);
        return frame.ToArray();
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> content)
    {
        var field = new List<byte> { (byte)((number << 3) | 2) };
        for (int length = content.Length; ; length >>= 7)
        {
            field.Add((byte)(length > 0x7f ? (length & 0x7f) | 0x80 : length));
            if (length <= 0x7f)
            {
                return [.. field, .. content];
            }
        }
    }

    // Room for the fields around it.
    private static byte[] Filled() => [.. Enumerable.Repeat((byte)'x', Frames.MaxLength - 100)];

    private static byte[] Repeat(byte[] field)
    {
        byte[] all = new byte[(Frames.MaxLength - 100) / field.Length * field.Length];
        for (int at = 0; at < all.Length; at += field.Length)
        {
            field.CopyTo(all, at);
        }

        return all;
    }

    /// <summary>Messages in messages, as deep as they fit, by the field that holds one in every message of Mesos.</summary>
    private static byte[] Nested()
    {
        byte[] nested = new byte[1024 * 1024];
        for (int at = 0; at < nested.Length; at += 2)
        {
            (nested[at], nested[at + 1]) = (0x0a, 0x7f);
        }

        return nested;
    }

    /// <summary>No engine can be reached, so that a frame which is understood after all harms nobody.</summary>
    private async Task<Run> RunAsync(string verb, byte[] input)
    {
        Assert.SkipUnless(File.Exists(HookFixture.Executable), $"There is no '{HookFixture.Executable}'; run build.sh.");
        Assert.SkipUnless(File.Exists(Timer), $"There is no {Timer} to measure memory with (Debian: time).");
        string memory = _files.PathOf("memory");
        var start = new ProcessStartInfo(Timer, ["-q", "-f", "%M", "-o", memory, HookFixture.Executable, verb])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _files.Root,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["DOCKER_HOST"] = "unix:///nonexistent/engine";
        start.Environment["MESOS_DOCKER_STATE_ROOT"] = _files.PathOf("state");
        using Process process = Process.Start(start)!;
        var output = new MemoryStream();
        Task reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not want it all.
        }

        await process.WaitForExitAsync();
        await reading;
        string last = File.ReadLines(memory).Last();
        return new Run(process.ExitCode, output.ToArray(), await errors, long.Parse(last, CultureInfo.InvariantCulture));
    }

    /// <param name="Kilobytes">The most memory that was resident.</param>
    private sealed record Run(int Status, byte[] Output, string Error, long Kilobytes);
}
