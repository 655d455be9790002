using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// What follows from the state and is asked for at every turn: kept beside it, record by record, so that nothing is ever searched for.
/// Belongs to the loop.
/// </summary>
internal sealed class ClusterIndex
{
    private readonly Dictionary<string, App> _apps = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _fixedPorts = [];
    private readonly Dictionary<string, HashSet<string>> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _holders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HeldApps> _held = new(StringComparer.Ordinal);
    private readonly HashSet<int> _ports = [];
    private readonly HashSet<string> _killing = new(StringComparer.Ordinal);

    public ClusterIndex(ClusterState state)
    {
        foreach (App app in GroupTree.Of(state.Root).Apps.Values)
        {
            Put(app);
        }

        foreach (Instance instance in state.Instances.Values)
        {
            Add(instance);
        }

        foreach (RunningDeployment deployment in state.Deployments)
        {
            Hold(deployment);
        }
    }

    /// <summary>Those that are wanted.</summary>
    public IReadOnlyDictionary<string, App> Apps => _apps;

    /// <summary>What tasks have.</summary>
    public Amounts Used { get; private set; }

    public IReadOnlySet<int> UsedPorts => _ports;

    /// <summary>The last one of those that were allotted.</summary>
    public int LastPort { get; private set; }

    /// <summary>Tasks that were told to end.</summary>
    public IReadOnlyCollection<string> Killing => _killing;

    /// <summary>Apps that have tasks.</summary>
    public IEnumerable<string> AppsWithTasks => _tasks.Keys;

    public IReadOnlyCollection<string> Tasks(string appId) => _tasks.GetValueOrDefault(appId) ?? (IReadOnlyCollection<string>)[];

    /// <summary>An app must have this port and no other: it is allotted to nobody else while there are others.</summary>
    public bool IsFixed(int port) => _fixedPorts.ContainsKey(port);

    public string? Holder(string appId) => _holders.GetValueOrDefault(appId);

    public HeldApps Held(string deploymentId) => _held[deploymentId];

    /// <param name="before">The state before the record.</param>
    /// <param name="after">The state that came of it.</param>
    public void Follow(JournalRecord record, ClusterState before, ClusterState after)
    {
        switch (record)
        {
            case RootChanged changed:
                Change(changed, before, after);
                break;

            case DeploymentOver over:
                Release(before.Deployments.Find(deployment => deployment.Id == over.DeploymentId));
                break;

            case TaskLaunched launched:
                Add(after.Instances[launched.TaskId]);
                break;

            case KillAsked asked when after.Instances.ContainsKey(asked.TaskId):
                _killing.Add(asked.TaskId);
                break;

            case TaskEnded ended when before.Instances.TryGetValue(ended.TaskId, out Instance? instance):
                Remove(instance);
                break;
        }
    }

    private void Change(RootChanged changed, ClusterState before, ClusterState after)
    {
        foreach (string id in changed.Delta.RemovedApps)
        {
            Drop(id);
        }

        foreach (App app in changed.Delta.Apps)
        {
            Drop(app.Id!);
            Put(app);
        }

        foreach (RunningDeployment deployment in before.Deployments.Where(deployment => changed.Cancelled.Contains(deployment.Id)))
        {
            Release(deployment);
        }

        if (changed.Deployment is not null)
        {
            Hold(after.Deployments[^1]);
        }
    }

    private void Put(App app)
    {
        _apps.Add(app.Id!, app);
        foreach (int port in HostPorts.Fixed(app))
        {
            _fixedPorts[port] = _fixedPorts.GetValueOrDefault(port) + 1;
        }
    }

    private void Drop(string appId)
    {
        if (_apps.Remove(appId, out App? app))
        {
            foreach (int port in HostPorts.Fixed(app).Where(port => --_fixedPorts[port] == 0).ToArray())
            {
                _fixedPorts.Remove(port);
            }
        }
    }

    private void Hold(RunningDeployment deployment)
    {
        _held.Add(deployment.Id, new HeldApps(deployment));
        foreach (string id in deployment.AffectedApps)
        {
            _holders[id] = deployment.Id;
        }
    }

    private void Release(RunningDeployment? deployment)
    {
        if (deployment is not null && _held.Remove(deployment.Id))
        {
            foreach (string id in deployment.AffectedApps)
            {
                _holders.Remove(id);
            }
        }
    }

    private void Add(Instance instance)
    {
        if (!_tasks.TryGetValue(instance.AppId, out HashSet<string>? tasks))
        {
            _tasks[instance.AppId] = tasks = new HashSet<string>(StringComparer.Ordinal);
        }

        tasks.Add(instance.TaskId);
        Used += Amounts.Of(instance.App);
        _ports.UnionWith(instance.Ports.Where(static port => port != 0));
        LastPort = instance.Ports.Where(port => port != 0 && !IsFixed(port)).DefaultIfEmpty(LastPort).Last();
        if (instance.Condition == InstanceCondition.Killing)
        {
            _killing.Add(instance.TaskId);
        }
    }

    private void Remove(Instance instance)
    {
        HashSet<string> tasks = _tasks[instance.AppId];
        tasks.Remove(instance.TaskId);
        if (tasks.Count == 0)
        {
            _tasks.Remove(instance.AppId);
        }

        Used -= Amounts.Of(instance.App);
        _ports.ExceptWith(instance.Ports);
        _killing.Remove(instance.TaskId);
    }
}
