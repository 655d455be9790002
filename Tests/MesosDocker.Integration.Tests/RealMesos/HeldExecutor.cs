using System.Collections.Concurrent;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Mesos;

namespace MesosDocker.Integration.Tests.RealMesos;

/// <summary>
/// A framework's executor that this test speaks for: what runs in its container only sleeps, and a task ends when the test says so. The
/// examples of Mesos end theirs when they like.
/// </summary>
internal sealed class HeldExecutor : IAsyncDisposable
{
    private readonly ExecutorIdentity _identity;
    private readonly ExecutorApi _api;
    private readonly ConcurrentDictionary<string, bool> _launched = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _listening;

    private HeldExecutor(string agent, ExecutorIdentity identity)
    {
        _identity = identity;
        _api = new ExecutorApi(new Uri($"http://{agent}/api/v1/executor"), new Dictionary<string, string>());
        _listening = ListenAsync();
    }

    /// <summary>Returns when it has its first task.</summary>
    public static async Task<HeldExecutor> StartAsync(MesosFixture mesos, string executorId)
    {
        var executor = new HeldExecutor(mesos.AgentAddress, new ExecutorIdentity(mesos.Framework.Id, executorId));
        await HookFixture.UntilAsync(() => !executor._launched.IsEmpty || executor._listening.IsCompleted, "the first task");
        return executor;
    }

    public Task EndAsync(string task) => TellAsync(task, TaskState.Finished);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _api.Dispose();
        _closing.Dispose();
    }

    private async Task ListenAsync()
    {
        byte[] call = MesosCodec.EncodeSubscribe(_identity, [], []);
        await foreach (byte[] message in _api.SubscribeAsync(call, _closing.Token))
        {
            if (MesosCodec.DecodeExecutorEvent(message) is ExecutorEvent.Launched launched)
            {
                await TellAsync(launched.TaskId, TaskState.Running);
                _launched[launched.TaskId] = true;
            }
        }
    }

    private Task TellAsync(string task, TaskState state) => _api.SendAsync(
        MesosCodec.EncodeStatusUpdate(
            _identity, new StatusUpdate { TaskId = task, State = state, Uuid = Guid.NewGuid(), Timestamp = DateTimeOffset.UtcNow }),
        _closing.Token);
}
