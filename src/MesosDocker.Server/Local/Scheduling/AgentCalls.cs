using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>Carries out calls: those of one task one after the other, those of different tasks at the same time.</summary>
/// <param name="tell">Takes what a call that failed means for its task.</param>
internal sealed class AgentCalls(IAgent agent, TimeProvider time, Action<AgentUpdate> tell, CancellationToken stopping)
{
    private readonly Dictionary<string, Task> _last = new(StringComparer.Ordinal);
    private int _swept;

    public void Begin(AgentCall call)
    {
        Task before = _last.GetValueOrDefault(call.TaskId, Task.CompletedTask);
        _last[call.TaskId] = Task.Run(() => CarryOutAsync(call, before));
        Sweep();
    }

    /// <summary>Returns when all that was begun is done.</summary>
    public Task FinishAsync() => Task.WhenAll(_last.Values);

    private async Task CarryOutAsync(AgentCall call, Task before)
    {
        await before;
        try
        {
            await CarryOutAsync(call);
        }
        catch (MesosDockerException e) when (call is AgentCall.Launch)
        {
            tell(new AgentUpdate
            {
                TaskId = call.TaskId,
                State = TaskState.Failed,
                Uuid = Guid.NewGuid(),
                Timestamp = time.GetUtcNow(),
                Message = e.Message,
            });
        }
        catch (MesosDockerException)
        {
            // A kill is repeated until something is heard; an update that is not acknowledged comes again; volumes are found at the next start.
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was not done is found out at the next start.
        }
    }

    private Task CarryOutAsync(AgentCall call) => call switch
    {
        AgentCall.Launch launch => agent.LaunchAsync(launch.Task, stopping),
        AgentCall.Kill kill => agent.KillAsync(kill.Id, kill.Grace, stopping),
        AgentCall.RemoveVolumes remove => agent.RemoveVolumesAsync(TaskId.InstanceOf(remove.Id), stopping),
        AgentCall.Acknowledge acknowledge => agent.AcknowledgeAsync(acknowledge.Update, stopping),
        _ => Task.CompletedTask,
    };

    // Now and then, so that it costs next to nothing.
    private void Sweep()
    {
        const int Often = 256;
        if (_last.Count < _swept + Often)
        {
            return;
        }

        foreach (string id in _last.Where(static last => last.Value.IsCompleted).Select(static last => last.Key).ToArray())
        {
            _last.Remove(id);
        }

        _swept = _last.Count;
    }
}
