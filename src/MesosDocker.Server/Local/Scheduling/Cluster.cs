#pragma warning disable CS9113
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>
/// The embedded cluster's scheduler: one loop that takes changes, updates of tasks, probes and time, one after the other, writes down
/// what follows, and only then does it.
/// </summary>
internal sealed class Cluster(IAgent agent, string directory, TimeProvider time) : IAsyncDisposable
{
    /// <summary>As of the last change that is on the disk.</summary>
    public ClusterState State => throw new NotImplementedException();

    /// <summary>Everything that happens, in order. Called from the loop: take it and return.</summary>
    public event Action<MarathonEvent> Happened
    {
        add => throw new NotImplementedException();
        remove => throw new NotImplementedException();
    }

    /// <summary>Reads what is on the disk, adopts what runs, and goes on with what was on its way.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <returns>The deployment; where nothing changes, one that is over already.</returns>
    /// <exception cref="RefusedException"></exception>
    public Task<DeploymentResult> ChangeAsync(ClusterChange change, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The steps that a change would take, which is not made.</summary>
    /// <exception cref="RefusedException"></exception>
    public IReadOnlyList<DeploymentStep> Plan(ClusterChange change) => throw new NotImplementedException();

    /// <returns>The tasks that are killed, and the deployment if they are not to be replaced.</returns>
    /// <exception cref="RefusedException"></exception>
    public Task<(IReadOnlyList<Instance> Killed, DeploymentResult? Deployment)> KillAsync(KillRequest request, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    /// <summary>Ends a deployment: by another that leads back, or, forced, by leaving everything as it is (then there is no result).</summary>
    /// <exception cref="RefusedException"></exception>
    public Task<DeploymentResult?> CancelAsync(string deploymentId, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The next attempt of an app that failed is now.</summary>
    /// <exception cref="RefusedException"></exception>
    public Task ResetDelayAsync(string appId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What a health check found; what follows (counting, killing, going on with a deployment) is the cluster's business.</summary>
    public Task ReportAsync(ProbeReport report, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task ReportAsync(string taskId, ReadinessResult readiness, CancellationToken cancellationToken) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
