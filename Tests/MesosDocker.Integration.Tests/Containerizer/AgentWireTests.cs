using System.Diagnostics;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>
/// The executor API's messages, judged by protoc and the .proto files of an installed Mesos: no line of them is ours.
/// </summary>
public sealed class AgentWireTests
{
    private const string Include = "/opt/mesos/include";
    private const string Proto = "mesos/v1/executor/executor.proto";

    private static readonly ExecutorIdentity s_identity = new("F", "E");

    [Fact]
    public async Task Subscription_IsWhatMesosReads()
    {
        var launch = new Launch
        {
            ContainerId = ContainerId.Parse("c"),
            AgentId = "S",
            Task = new TaskInfo { Name = "n", TaskId = "t", Command = new CommandInfo { Value = "true" } },
        };
        byte[] call = MesosCodec.EncodeSubscribe(s_identity, [MesosCodec.TaskOf(MesosCodec.EncodeLaunch(launch))!], [Update()]);

        string read = Flat(await ProtocAsync("--decode=mesos.v1.executor.Call", call));

        Assert.StartsWith("executor_id { value: \"E\" } framework_id { value: \"F\" } type: SUBSCRIBE subscribe { unacknowledged_tasks { name: \"n\"", read);
        Assert.Contains("unacknowledged_updates { status { task_id { value: \"t\" } state: TASK_FAILED", read);
        AssertKnown(read);
    }

    [Fact]
    public async Task Update_IsWhatMesosReads()
    {
        string read = Flat(await ProtocAsync("--decode=mesos.v1.executor.Call", MesosCodec.EncodeStatusUpdate(s_identity, Update())));

        Assert.Contains("type: UPDATE update { status { task_id { value: \"t\" } state: TASK_FAILED", read);
        Assert.Contains("reason: REASON_CONTAINER_LIMITATION_MEMORY", read);
        Assert.Contains("source: SOURCE_EXECUTOR", read);
        Assert.Contains("healthy: false", read);
        Assert.Contains("executor_id { value: \"E\" }", read);
        Assert.Contains("container_status { network_infos { ip_addresses { ip_address: \"172.17.0.2\" } } }", read);
        Assert.Contains("labels { labels { key: \"k\" value: \"v\" } }", read);
        AssertKnown(read);
    }

    [Theory]
    [InlineData("type: LAUNCH launch { task { name: 'n' task_id { value: 't' } agent_id { value: 'S' } } }", "Launched { TaskId = t }")]
    [InlineData(
        "type: KILL kill { task_id { value: 't' } kill_policy { grace_period { nanoseconds: 1500000000 } } }",
        "Kill { TaskId = t, Grace = 00:00:01.5000000 }")]
    [InlineData("type: KILL kill { task_id { value: 't' } }", "Kill { TaskId = t, Grace =  }")]
    [InlineData(
        "type: ACKNOWLEDGED acknowledged { task_id { value: 't' } uuid: '0123456789abcdef' }",
        "Acknowledged { TaskId = t, Uuid = 30313233-3435-3637-3839-616263646566 }")]
    [InlineData("type: MESSAGE message { data: 'x' }", "Other { Type = 5 }")]
    [InlineData("type: ERROR error { message: 'no' }", "Failed { Message = no }")]
    [InlineData("type: SHUTDOWN", "Shutdown { }")]
    [InlineData(
        "type: SUBSCRIBED subscribed { executor_info { executor_id { value: 'E' } command { } } agent_info { hostname: 'h' } "
            + "framework_info { user: 'u' name: 'f' capabilities { type: TASK_KILLING_STATE } } }",
        "Subscribed { KillingState = True }")]
    public async Task Event_IsReadAsMesosWritesIt(string text, string expected)
    {
        byte[] message = await ProtocAsync("--encode=mesos.v1.executor.Event", System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Equal(expected, MesosCodec.DecodeExecutorEvent(message).ToString());
    }

    private static StatusUpdate Update() => new()
    {
        TaskId = "t",
        State = TaskState.Failed,
        Message = "m",
        Reason = StatusReason.ContainerLimitationMemory,
        Healthy = false,
        Uuid = Guid.NewGuid(),
        Timestamp = DateTimeOffset.UtcNow,
        Data = [1],
        IpAddresses = ["172.17.0.2"],
        Labels = [new Label("k", "v")],
    };

    /// <summary>protoc prints a field that it does not know by its number.</summary>
    private static void AssertKnown(string read) => Assert.DoesNotMatch(@"(^| )\d+(:| \{)", read);

    private static string Flat(byte[] text)
        => string.Join(' ', System.Text.Encoding.UTF8.GetString(text).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static async Task<byte[]> ProtocAsync(string action, byte[] input)
    {
        Assert.SkipUnless(RunningProgram.Find("protoc") is not null, "There is no protoc on PATH (Debian: protobuf-compiler).");
        Assert.SkipUnless(File.Exists(Path.Combine(Include, Proto)), $"There is no Mesos with its .proto files in {Include}.");
        var start = new ProcessStartInfo("protoc", [action, $"-I{Include}", Proto])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return output.ToArray();
    }
}
