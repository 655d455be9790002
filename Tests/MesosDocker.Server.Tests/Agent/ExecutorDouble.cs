using Google.Protobuf;
using MesosDocker.Adapters.Wire.Protocol;
using MesosDocker.Adapters.Wire.Protocol.Executor;
using MesosDocker.Mesos;
using TaskState = MesosDocker.Adapters.Wire.Protocol.TaskState;
using TaskStatus = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.Server.Tests.Agent;

/// <summary>An executor that a test plays, with protobuf's own package to judge what it is told.</summary>
internal sealed class ExecutorDouble(ScriptedAgent agent, string executorId) : IDisposable
{
    private HttpResponseMessage? _subscription;
    private RecordReader? _records;

    public static Call NewCall(string executorId, Call.Types.Type type) => new()
    {
        FrameworkId = new FrameworkID { Value = ScriptedAgent.FrameworkId },
        ExecutorId = new ExecutorID { Value = executorId },
        Type = type,
    };

    public static TaskStatus Status(string taskId, TaskState state, string? message = null)
    {
        var status = new TaskStatus
        {
            TaskId = new TaskID { Value = taskId },
            State = state,
            Uuid = ByteString.CopyFrom(Guid.NewGuid().ToByteArray(bigEndian: true)),
            Timestamp = 1_700_000_000.5,
        };
        if (message is not null)
        {
            status.Message = message;
        }

        return status;
    }

    public async Task SubscribeAsync(Call.Types.Subscribe? subscribe = null)
    {
        Call call = NewCall(executorId, Call.Types.Type.Subscribe);
        call.Subscribe = subscribe ?? new Call.Types.Subscribe();
        _subscription?.Dispose();
        _subscription = await agent.CallAsync(call);
        Assert.True(_subscription.IsSuccessStatusCode, $"{_subscription.StatusCode}: {await TextAsync()}");
        _records = new RecordReader(await _subscription.Content.ReadAsStreamAsync());
        Assert.Equal(Event.Types.Type.Subscribed, (await NextAsync()).Type);
    }

    public async Task<Event> NextAsync()
        => Event.Parser.ParseFrom(await _records!.ReadAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)) ?? throw new EndOfStreamException());

    /// <summary>The agent has nothing more to say.</summary>
    public async Task EndAsync() => Assert.Null(await _records!.ReadAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));

    public async Task<int> SendAsync(TaskStatus status)
    {
        Call call = NewCall(executorId, Call.Types.Type.Update);
        call.Update = new Call.Types.Update { Status = status };
        using HttpResponseMessage response = await agent.CallAsync(call);
        return (int)response.StatusCode;
    }

    public void Dispose() => _subscription?.Dispose();

    private async Task<string> TextAsync() => _subscription!.IsSuccessStatusCode ? "" : await _subscription.Content.ReadAsStringAsync();
}
