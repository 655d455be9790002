using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using Resources = MesosDocker.Mesos.Resources;

namespace MesosDocker.Server.Tests;

/// <summary>
/// An agent that runs nothing: tasks are what it was told of them. It outlives the clusters that use it, as the real one's tasks do.
/// </summary>
internal sealed class SimulatedAgent(TimeProvider time) : IAgent
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, AgentTask> _tasks = [];
    private readonly Dictionary<Guid, AgentUpdate> _unacknowledged = [];
    private readonly HashSet<string> _killed = [];
    private readonly HashSet<string> _ever = [];
    private Channel<AgentUpdate> _updates = Channel.CreateUnbounded<AgentUpdate>();

    public AgentFacts Facts { get; init; } = new()
    {
        AgentId = "agent-1",
        Hostname = "here",
        Resources = new Resources { Cpus = 1000, Memory = 1_000_000, Disk = 1_000_000, Ports = [new PortRange(31000, 39010)] },
    };

    /// <summary>Whether tasks run as soon as they are launched.</summary>
    public bool RunsAtOnce { get; set; } = true;

    /// <summary>Whether tasks end as soon as they are told to.</summary>
    public bool KillsAtOnce { get; set; } = true;

    /// <summary>Thrown by the next launches.</summary>
    public MesosDockerException? LaunchFailure { get; set; }

    public IReadOnlyList<AgentTask> Tasks
    {
        get
        {
            lock (_gate)
            {
                return [.. _tasks.Values];
            }
        }
    }

    public IReadOnlyList<string> Killed
    {
        get
        {
            lock (_gate)
            {
                return [.. _killed];
            }
        }
    }

    /// <summary>Instances whose volumes are there: those that had a task with a persistent one, and were not told of since.</summary>
    public HashSet<string> Volumes { get; } = [];

    public IReadOnlyCollection<string> VolumeOwners
    {
        get
        {
            lock (_gate)
            {
                return [.. Volumes];
            }
        }
    }

    /// <summary>How often it was told to end something.</summary>
    public int Kills { get; private set; }

    /// <summary>Nothing is on its way to or from the cluster.</summary>
    public bool IsSettled(ClusterState state)
    {
        lock (_gate)
        {
            return _unacknowledged.Count == 0 && state.Instances.Values.All(instance
                => _ever.Contains(instance.TaskId) && (instance.Condition != InstanceCondition.Killing || _killed.Contains(instance.TaskId)));
        }
    }

    public string Unsettled(ClusterState state)
    {
        lock (_gate)
        {
            return $"not acknowledged: {string.Join(' ', _unacknowledged.Values.Select(static update => $"{update.TaskId} {update.State}"))}; "
                + $"not launched: {string.Join(' ', state.Instances.Keys.Where(id => !_ever.Contains(id)))}; "
                + $"not killed: {string.Join(' ', state.Instances.Values
                    .Where(i => i.Condition == InstanceCondition.Killing && !_killed.Contains(i.TaskId))
                    .Select(static i => i.TaskId))}";
        }
    }

    public Task RecoverAsync(IReadOnlyCollection<AgentTask> remembered, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _updates = Channel.CreateUnbounded<AgentUpdate>();
            _killed.Clear();
            HashSet<string> known = [.. remembered.Select(static task => task.TaskId)];
            foreach (string id in _tasks.Keys.Where(id => !known.Contains(id)).ToArray())
            {
                _tasks.Remove(id);
            }

            foreach (AgentUpdate update in _unacknowledged.Values)
            {
                _updates.Writer.TryWrite(update);
            }

            HashSet<string> told = [.. _unacknowledged.Values.Where(static update => update.IsTerminal).Select(static update => update.TaskId)];
            foreach (string id in known.Where(id => !_tasks.ContainsKey(id) && !told.Contains(id)))
            {
                _ever.Add(id);
                Send(id, TaskState.Lost);
            }

            _ever.UnionWith(known);
        }

        return Task.CompletedTask;
    }

    public Task LaunchAsync(AgentTask task, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (LaunchFailure is { } failure)
            {
                _ever.Add(task.TaskId);
                throw failure;
            }

            if (_ever.Add(task.TaskId))
            {
                _tasks.Add(task.TaskId, task);
                if (CanonicalApp.HasPersistentVolume(task.App))
                {
                    Volumes.Add(TaskId.InstanceOf(task.TaskId));
                }

                if (RunsAtOnce)
                {
                    Send(task.TaskId, TaskState.Starting);
                    Send(task.TaskId, TaskState.Running);
                }
            }
            else if (!_tasks.ContainsKey(task.TaskId))
            {
                Send(task.TaskId, TaskState.Lost);
            }
        }

        return Task.CompletedTask;
    }

    public Task KillAsync(string taskId, TimeSpan grace, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Kills++;
            _killed.Add(taskId);
            if (!_tasks.ContainsKey(taskId))
            {
                if (!_unacknowledged.Values.Any(update => update.TaskId == taskId && update.IsTerminal))
                {
                    Send(taskId, TaskState.Lost);
                }
            }
            else if (KillsAtOnce)
            {
                End(taskId, TaskState.Killed);
            }
        }

        return Task.CompletedTask;
    }

    public Task RemoveVolumesAsync(string instanceId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Volumes.Remove(instanceId);
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<AgentUpdate> UpdatesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (AgentUpdate update in _updates.Reader.ReadAllAsync(cancellationToken))
        {
            yield return update;
        }
    }

    public Task AcknowledgeAsync(AgentUpdate update, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _unacknowledged.Remove(update.Uuid);
        }

        return Task.CompletedTask;
    }

    public void Run(string taskId)
    {
        lock (_gate)
        {
            Send(taskId, TaskState.Running);
        }
    }

    public void Tell(AgentUpdate update)
    {
        lock (_gate)
        {
            Send(update);
        }
    }

    /// <summary>The task ends, unless it has.</summary>
    public void End(string taskId, TaskState state, string? message = null)
    {
        lock (_gate)
        {
            if (_tasks.Remove(taskId))
            {
                Send(taskId, state, message);
            }
        }
    }

    public AgentUpdate News(string taskId, TaskState state) => new()
    {
        TaskId = taskId,
        State = state,
        Uuid = Guid.NewGuid(),
        Timestamp = time.GetUtcNow(),
    };

    private void Send(string taskId, TaskState state, string? message = null) => Send(News(taskId, state) with { Message = message });

    private void Send(AgentUpdate update)
    {
        _unacknowledged.Add(update.Uuid, update);
        _updates.Writer.TryWrite(update);
    }
}
