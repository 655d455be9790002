using System.Threading.Channels;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// The embedded cluster's scheduler: one loop that takes changes, updates of tasks, probes and time, one after the other, writes down
/// what follows, and only then does it.
/// </summary>
internal sealed class Cluster(IAgent agent, string directory, TimeProvider time) : IAsyncDisposable
{
    private readonly Channel<Input> _inputs = Channel.CreateUnbounded<Input>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stopping = new();
    private ClusterState? _state;
    private ClusterLoop? _loop;
    private Task _running = Task.CompletedTask;

    /// <summary>Ends when the cluster has, and by an error if it does by one.</summary>
    public Task Running => _running;
    private Task _reading = Task.CompletedTask;

    /// <summary>Everything that happens, in order. Called from the loop: take it and return.</summary>
    public event Action<MarathonEvent>? Happened;

    /// <summary>As of the last change that is on the disk.</summary>
    public ClusterState State => Volatile.Read(ref _state) ?? throw new InvalidOperationException("The cluster has not been started.");

    /// <summary>Length of a journal, in bytes, from which on it is replaced by a snapshot.</summary>
    internal long LongestJournal { get; init; } = 4 * 1024 * 1024;

    /// <summary>Reads what is on the disk, adopts what runs, and goes on with what was on its way.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        (ClusterJournal journal, ClusterState state) = ClusterJournal.Open(directory, LongestJournal, Create);
        _state = state;
        _loop = new ClusterLoop(agent, time, journal, state, _inputs, Publish, happened => Happened?.Invoke(happened), _stopping.Token);
        AgentTask[] remembered = [.. state.Instances.Values.Select(instance => new AgentTask(instance.TaskId, instance.App, instance.Ports, state.FrameworkId))];
        await agent.RecoverAsync(remembered, cancellationToken);
        _running = Task.Run(_loop.RunAsync, CancellationToken.None);
        await AskAsync(GoOn, cancellationToken);
        _reading = ReadAsync();
    }

    /// <returns>The deployment; where nothing changes, one that is over already.</returns>
    /// <exception cref="RefusedException"></exception>
    public Task<DeploymentResult> ChangeAsync(ClusterChange change, bool force, CancellationToken cancellationToken)
        => AskAsync(turn => Changes(turn).Change(change, force), cancellationToken);

    /// <summary>The steps that a change would take, which is not made.</summary>
    /// <exception cref="RefusedException"></exception>
    public IReadOnlyList<DeploymentStep> Plan(ClusterChange change)
    {
        ClusterState state = State;
        return ChangePlan.Make(state, change, Moments.NextVersion(time.GetUtcNow(), state.Root.Version)).Steps;
    }

    /// <returns>The tasks that are killed, and the deployment if they are not to be replaced.</returns>
    /// <exception cref="RefusedException"></exception>
    public Task<(IReadOnlyList<Instance> Killed, DeploymentResult? Deployment)> KillAsync(KillRequest request, CancellationToken cancellationToken)
        => AskAsync(turn => Changes(turn).Kill(request), cancellationToken);

    /// <summary>Ends a deployment: by another that leads back, or, forced, by leaving everything as it is (then there is no result).</summary>
    /// <exception cref="RefusedException"></exception>
    public Task<DeploymentResult?> CancelAsync(string deploymentId, bool force, CancellationToken cancellationToken)
        => AskAsync(turn => Changes(turn).Cancel(deploymentId, force), cancellationToken);

    /// <summary>The next attempt of an app that failed is now.</summary>
    /// <exception cref="RefusedException"></exception>
    public Task ResetDelayAsync(string appId, CancellationToken cancellationToken)
        => AskAsync(turn => Changes(turn).ResetDelay(appId), cancellationToken);

    /// <summary>What a health check found; what follows (counting, killing, going on with a deployment) is the cluster's business.</summary>
    public Task ReportAsync(ProbeReport report, CancellationToken cancellationToken)
        => AskAsync(turn => new HealthNews(turn).Probe(report), cancellationToken);

    public Task ReportAsync(string taskId, ReadinessResult readiness, CancellationToken cancellationToken)
        => AskAsync(turn => new HealthNews(turn).Ready(taskId, readiness), cancellationToken);

    /// <summary>Returns when the agent has taken everything that it was told by what came before this.</summary>
    internal async Task FinishCallsAsync(CancellationToken cancellationToken)
    {
        // What is decided together with the first is told after it, and before the second.
        for (int i = 0; i < 2; i++)
        {
            Task calls = await AskAsync(_ => _loop!.FinishCallsAsync(), cancellationToken);
            await calls.WaitAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _inputs.Writer.TryComplete();
        await _stopping.CancelAsync();
        await _reading;
        await _running;
        if (_loop is not null)
        {
            await _loop.DisposeAsync();
        }

        _stopping.Dispose();
    }

    private ClusterState Create() => new()
    {
        FrameworkId = $"{Guid.NewGuid()}-0000",
        Root = new Group { Id = "/", Apps = [], Groups = [], Dependencies = [], Version = Moments.Text(time.GetUtcNow()) },
    };

    // What was told to end is told again, volumes of nobody are removed, and every app is looked at once.
    private void GoOn(Turn turn)
    {
        HashSet<string> kept = [.. turn.State.Instances.Values.Concat(turn.State.Resting.Values.SelectMany(static resting => resting))
            .Select(static instance => instance.InstanceId)];
        foreach (string owner in agent.VolumeOwners.Where(owner => !kept.Contains(owner)))
        {
            turn.Call(new AgentCall.RemoveVolumes(owner));
        }

        foreach (Instance instance in turn.Index.Killing.Select(id => turn.State.Instances[id]).ToArray())
        {
            turn.Note(new KillAsked(instance.TaskId, turn.Now, instance.IsDecommissioned));
            turn.Call(new AgentCall.Kill(instance.TaskId, Turn.Grace(instance.App)));
        }

        foreach (string appId in turn.Index.Apps.Keys.Concat(turn.Index.AppsWithTasks).Concat(turn.State.Deployments.SelectMany(static d => d.AffectedApps)))
        {
            turn.Touch(appId);
        }
    }

    private Changes Changes(Turn turn) => new(turn, _loop!.NextVersion);

    private void Publish(ClusterState state) => Volatile.Write(ref _state, state);

    private Task AskAsync(Action<Turn> decide, CancellationToken cancellationToken) => AskAsync(
        turn =>
        {
            decide(turn);
            return true;
        },
        cancellationToken);

    private Task<T> AskAsync<T>(Func<Turn, T> decide, CancellationToken cancellationToken)
    {
        var request = new Request<T>(decide, cancellationToken);
        return _inputs.Writer.TryWrite(request)
            ? request.Answer.WaitAsync(cancellationToken)
            : Task.FromException<T>(new ObjectDisposedException(nameof(Cluster)));
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (AgentUpdate update in agent.UpdatesAsync(_stopping.Token))
            {
                _inputs.Writer.TryWrite(new UpdateInput(update, isAgents: true));
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // What was not read comes again.
        }
    }
}
