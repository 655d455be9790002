using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// One turn of the loop: what is decided, what is to be written down about it, what the agent is to be told and what the world is told.
/// Nothing of it is so before it is on the disk.
/// </summary>
internal sealed class Turn(ClusterState state, ClusterIndex index, AgentFacts agent, DateTimeOffset now)
{
    /// <summary>How long a task has after TERM where its app does not say.</summary>
    private static readonly TimeSpan s_defaultGrace = TimeSpan.FromSeconds(3);

    private readonly List<JournalRecord> _records = [];
    private readonly List<MarathonEvent> _events = [];
    private readonly List<AgentCall> _calls = [];
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    public ClusterState State { get; private set; } = state;

    public ClusterIndex Index { get; private set; } = index;

    public AgentFacts Agent { get; } = agent;

    public DateTimeOffset Now { get; } = now;

    public IReadOnlyList<JournalRecord> Records => _records;

    public IReadOnlyList<MarathonEvent> Events => _events;

    public IReadOnlyList<AgentCall> Calls => _calls;

    /// <summary>Something was given back, which others may wait for.</summary>
    public bool IsRoomier { get; private set; }

    public static TimeSpan Grace(App app) => app.TaskKillGracePeriodSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : s_defaultGrace;

    public void Record(JournalRecord record)
    {
        _records.Add(record);
        Note(record);
    }

    /// <summary>Like <see cref="Record"/>, for what may be forgotten.</summary>
    public void Note(JournalRecord record)
    {
        ClusterState before = State;
        State = JournalFold.Apply(before, record);
        Index.Follow(record, before, State);
        IsRoomier |= record is TaskEnded;
        foreach (string taskId in RestingInstances.Released(record, before, State))
        {
            Call(new AgentCall.RemoveVolumes(taskId));
        }
    }

    public void Tell(MarathonEvent happened) => _events.Add(happened);

    public void Call(AgentCall call) => _calls.Add(call);

    /// <summary>Something about the app changed; what follows from it is found out before the turn is over.</summary>
    public void Touch(string appId) => _touched.Add(appId);

    public string? TakeTouched()
    {
        string? appId = _touched.FirstOrDefault();
        if (appId is not null)
        {
            _touched.Remove(appId);
        }

        return appId;
    }

    public IReadOnlyList<Instance> Instances(string appId) => [.. Index.Tasks(appId).Select(id => State.Instances[id])];

    /// <param name="isForGood">None is launched in its place by that.</param>
    /// <param name="isWiped">Its persistent volumes go, too.</param>
    public void Kill(Instance instance, bool isForGood, bool isWiped = false)
    {
        if (instance.Condition != InstanceCondition.Killing)
        {
            Record(new KillAsked(instance.TaskId, Now, isForGood, isWiped));
            Call(new AgentCall.Kill(instance.TaskId, Grace(instance.App)));
        }
        else if ((isForGood && !instance.IsDecommissioned) || (isWiped && !instance.IsWiped))
        {
            Record(new KillAsked(instance.TaskId, instance.KillAskedAt ?? Now, isForGood, isWiped));
        }

        Touch(instance.AppId);
    }

    /// <summary>Waiting is seen and not written down: it follows from everything else.</summary>
    public void Wait(string appId, WaitingApp? waiting)
    {
        ImmutableDictionary<string, WaitingApp> all = waiting is null ? State.Waiting.Remove(appId) : State.Waiting.SetItem(appId, waiting);
        if (!ReferenceEquals(all, State.Waiting))
        {
            State = State with { Waiting = all };
        }
    }

    /// <summary>So many records, events and calls there were, and this was the state.</summary>
    public (ClusterState State, int Records, int Events, int Calls) Mark() => (State, _records.Count, _events.Count, _calls.Count);

    /// <summary>As if nothing had happened since.</summary>
    public void GoBack((ClusterState State, int Records, int Events, int Calls) mark)
    {
        if (!ReferenceEquals(State, mark.State))
        {
            State = mark.State;
            Index = new ClusterIndex(State);
        }

        _records.RemoveRange(mark.Records, _records.Count - mark.Records);
        _events.RemoveRange(mark.Events, _events.Count - mark.Events);
        _calls.RemoveRange(mark.Calls, _calls.Count - mark.Calls);
    }
}
