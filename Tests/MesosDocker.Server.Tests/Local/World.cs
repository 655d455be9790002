using System.Collections.Concurrent;
using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.TestKit;

namespace MesosDocker.Server.Tests;

/// <summary>A cluster, its agent, its time and its disk.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly CancellationToken _cancellationToken = TestContext.Current.CancellationToken;

    private World(SimulatedAgent? agent)
    {
        Time = new ManualTime();
        Agent = agent ?? new SimulatedAgent(Time);
    }

    public ManualTime Time { get; }

    public SimulatedAgent Agent { get; set; }

    public Cluster Cluster { get; private set; } = null!;

    public ClusterState State => Cluster.State;

    public ConcurrentQueue<MarathonEvent> Events { get; } = new();

    public string Directory => _directory.PathOf("state");

    /// <summary>Sees every state in which something happened.</summary>
    public Action<ClusterState> Watch { get; set; } = static _ => { };

    public long LongestJournal { get; set; } = 1024 * 1024;

    public static async Task<World> StartAsync(Func<TimeProvider, SimulatedAgent>? agent = null)
    {
        var world = new World(null);
        world.Agent = agent?.Invoke(world.Time) ?? world.Agent;
        await world.BeginAsync();
        return world;
    }

    public async Task RestartAsync()
    {
        await Cluster.DisposeAsync();
        await BeginAsync();
    }

    public async Task BeginAsync()
    {
        Cluster = new Cluster(Agent, Directory, Time) { LongestJournal = LongestJournal };
        Cluster.Happened += happened =>
        {
            Events.Enqueue(happened);
            Watch(State);
        };
        await Cluster.StartAsync(_cancellationToken);
    }

    public Task<DeploymentResult> PutAsync(params App[] apps) => PutAsync(force: false, apps);

    public Task<DeploymentResult> PutAsync(bool force, params App[] apps)
        => Cluster.ChangeAsync(Change(apps), force, _cancellationToken);

    public static ClusterChange Change(params App[] apps) => new((state, version) => new RootDelta
    {
        Apps = [.. apps],
        Groups = [.. apps.SelectMany(static app => Ancestors(app.Id!)).Distinct()
            .Where(id => !GroupTree.Of(state.Root).Groups.ContainsKey(id)).Select(static id => new Group { Id = id })],
    }.Apply(state.Root, version));

    public Task<DeploymentResult> RemoveAsync(string appId, bool force = false) => Cluster.ChangeAsync(
        new ClusterChange((state, version) => new RootDelta { RemovedApps = [appId] }.Apply(state.Root, version)), force, _cancellationToken);

    public Task<DeploymentResult> RestartAppAsync(string appId, bool force = false)
        => Cluster.ChangeAsync(new ClusterChange((state, _) => state.Root) { Restarted = [appId] }, force, _cancellationToken);

    public App App(string id) => GroupTree.Of(State.Root).Apps[id];

    public IReadOnlyList<Instance> Instances(string appId) => [.. State.Instances.Values.Where(instance => instance.AppId == appId)];

    public Task ProbeAsync(string taskId, bool isAlive, int check = 0)
        => Cluster.ReportAsync(new ProbeReport(taskId, check, isAlive, Time.GetUtcNow(), isAlive ? null : "503 Service Unavailable"), _cancellationToken);

    /// <summary>All instances are found alive, and those that come of that, until no more come.</summary>
    public async Task HealAsync()
    {
        bool isMore;
        do
        {
            await SettleAsync();
            Instance[] unknown = [.. State.Instances.Values.Where(static instance
                => instance.Condition == InstanceCondition.Running && instance.App.HealthChecks!.Count > 0 && !InstanceHealth.IsHealthy(instance))];
            isMore = unknown.Length > 0;
            foreach (Instance instance in unknown)
            {
                for (int i = 0; i < instance.App.HealthChecks!.Count; i++)
                {
                    await ProbeAsync(instance.TaskId, isAlive: true, i);
                }
            }
        }
        while (isMore);
    }

    public async Task AdvanceAsync(TimeSpan span)
    {
        Time.Advance(span);
        await SettleAsync();
    }

    /// <summary>Returns when everything that follows from what was done has been done.</summary>
    public async Task SettleAsync()
    {
        ClusterState before;
        for (int i = 0; ; i++)
        {
            before = State;
            await Cluster.FinishCallsAsync(_cancellationToken);
            await BarrierAsync();
            if (Agent.IsSettled(State) && ReferenceEquals(before, State))
            {
                return;
            }

            await Task.Delay(i < 100 ? 0 : 1, _cancellationToken);
            Assert.True(i < 20_000, "It never settles: " + Agent.Unsettled(State));
        }
    }

    public IReadOnlyList<string> EventTypes() => [.. Events.Select(static happened => happened.EventType!)];

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        _directory.Dispose();
    }

    private static IEnumerable<string> Ancestors(string appId)
    {
        for (string id = PathId.Parent(appId); id != "/"; id = PathId.Parent(id))
        {
            yield return id;
        }
    }

    // What was said before this is done when this is.
    private Task BarrierAsync() => Cluster.ReportAsync(new ProbeReport("nobody", 0, true, Time.GetUtcNow(), null), _cancellationToken);
}
