using MesosDocker.Marathon;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>What the agent tells about tasks.</summary>
internal sealed class TaskNews(Turn turn)
{
    private readonly EventsOf _events = new(turn.Agent, turn.Now);

    public void Update(AgentUpdate update)
    {
        if (!turn.State.Instances.TryGetValue(update.TaskId, out Instance? instance))
        {
            Unknown(update);
        }
        else if (update.IsTerminal)
        {
            End(instance, update);
        }
        else
        {
            Move(instance, update);
        }
    }

    private void Unknown(AgentUpdate update)
    {
        if (update.IsTerminal)
        {
            turn.Tell(_events.UnknownInstance(update.TaskId, Condition(update.State)));
        }
        else
        {
            turn.Call(new AgentCall.Kill(update.TaskId, TimeSpan.Zero));
        }
    }

    private void End(Instance instance, AgentUpdate update)
    {
        // What ends because it was told to, did not fail, whatever its exit status says.
        bool isTold = instance.Condition == InstanceCondition.Killing;
        bool isFailure = !isTold && update.State is TaskState.Failed or TaskState.Error or TaskState.Lost;
        turn.Record(new TaskEnded(instance.TaskId, isFailure ? Failure(instance, update) : null));
        if (!isTold && update.State is TaskState.Failed or TaskState.Error or TaskState.Finished)
        {
            Delay(instance);
        }

        turn.Tell(_events.Status(instance, update));
        turn.Tell(_events.Instance(instance, Condition(update.State)));
        turn.Touch(instance.AppId);
    }

    // What an app was says nothing about what it is now.
    private void Delay(Instance instance)
    {
        if (turn.Index.Apps.TryGetValue(instance.AppId, out App? app) && !RollingUpdate.IsOld(instance, app))
        {
            LaunchDelay? before = turn.State.Delays.GetValueOrDefault(instance.AppId);
            turn.Record(new DelaySet(instance.AppId, BackOff.After(app, before, instance.StartedAt, turn.Now)));
        }
    }

    private void Move(Instance instance, AgentUpdate update)
    {
        InstanceCondition condition = update.State switch
        {
            TaskState.Running => InstanceCondition.Running,
            TaskState.Starting when instance.Condition == InstanceCondition.Staging => InstanceCondition.Starting,
            _ => instance.Condition,
        };
        DateTimeOffset? started = instance.StartedAt ?? (update.State == TaskState.Running ? update.Timestamp : null);
        var moved = new TaskMoved(
            instance.TaskId,
            condition,
            started,
            update.Addresses.IsDefaultOrEmpty ? instance.Addresses : update.Addresses,
            update.Message ?? instance.Message);
        bool isNews = (condition, started) != (instance.Condition, instance.StartedAt) || update.State == TaskState.Killing;
        if (isNews || moved.Message != instance.Message || !moved.Addresses.SequenceEqual(instance.Addresses))
        {
            turn.Record(moved);
        }

        Instance now = turn.State.Instances[instance.TaskId];
        if (isNews)
        {
            turn.Tell(_events.Status(now, update));
            turn.Tell(_events.Instance(now, Condition(update.State)));
            turn.Touch(instance.AppId);
        }

        if (update.Healthy is { } healthy)
        {
            new HealthNews(turn).Agents(now, update, healthy);
        }
    }

    private TaskFailure Failure(Instance instance, AgentUpdate update) => new()
    {
        AppId = instance.AppId,
        TaskId = instance.TaskId,
        State = EventsOf.Word(update.State),
        Message = update.Message ?? "",
        Host = turn.Agent.Hostname,
        SlaveId = turn.Agent.AgentId,
        Timestamp = Moments.Text(update.Timestamp),
        Version = instance.Version,
    };

    // A task that nobody knows of any more is gone: there is no other machine on which it could be.
    private static string Condition(TaskState state) => state == TaskState.Lost ? "Gone" : state.ToString();
}
