namespace MesosDocker.Marathon;

/// <summary>
/// A Marathon, 0.7 to 1.11, over its REST API (docs/docs/rest-api of mesosphere/marathon). What only reads is tried on the next endpoint
/// when one fails; what writes is sent once, and where its answer is lost, what became of it is read back. Safe for several callers.
/// </summary>
/// <exception cref="MesosDockerException">
/// Of every member: <see cref="Fault.MarathonUnreachable"/>, <see cref="Fault.MarathonAccessDenied"/>,
/// <see cref="Fault.MarathonAnswerInvalid"/>, <see cref="Fault.MarathonRejected"/>; and what the member names.
/// </exception>
public sealed partial class MarathonClient : IDisposable
{
    public MarathonClient(MarathonConnection connection) => Connection = connection;

    public MarathonConnection Connection { get; }

    // ---- apps

    public IAsyncEnumerable<App> ListAppsAsync(AppQuery query, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <returns>With tasks, counts, deployments and the last failure; null if there is none.</returns>
    public Task<App?> FindAppAsync(string id, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <exception cref="MesosDockerException"><see cref="Fault.AppExists"/>, <see cref="Fault.DefinitionInvalid"/>.</exception>
    public Task<DeploymentResult> CreateAppAsync(App app, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Creates or replaces: what is not said is gone (<c>partialUpdate=false</c>).</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.AppLocked"/>, <see cref="Fault.DefinitionInvalid"/>.</exception>
    public Task<DeploymentResult> PutAppAsync(App app, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Changes only what is said.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/>, <see cref="Fault.AppLocked"/>, <see cref="Fault.DefinitionInvalid"/>.</exception>
    public Task<DeploymentResult> PatchAppAsync(App change, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/>, <see cref="Fault.AppLocked"/>.</exception>
    public Task<DeploymentResult> RemoveAppAsync(string id, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/>, <see cref="Fault.AppLocked"/>.</exception>
    public Task<DeploymentResult> RestartAppAsync(string id, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <returns>The newest first.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/></exception>
    public Task<IReadOnlyList<string>> ListVersionsAsync(string appId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/></exception>
    public Task<App> GetVersionAsync(string appId, string version, CancellationToken cancellationToken) => throw new NotImplementedException();

    // ---- groups

    public Task<Group?> FindGroupAsync(string id, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <exception cref="MesosDockerException"><see cref="Fault.AppLocked"/>, <see cref="Fault.DefinitionInvalid"/>.</exception>
    public Task<DeploymentResult> PutGroupAsync(Group group, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>What <see cref="PutGroupAsync"/> would do.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public Task<IReadOnlyList<DeploymentStep>> PlanGroupAsync(Group group, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/>, <see cref="Fault.AppLocked"/>.</exception>
    public Task<DeploymentResult> RemoveGroupAsync(string id, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    // ---- deployments

    public Task<IReadOnlyList<Deployment>> ListDeploymentsAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <returns>The deployment that leads back; null where it was forced, and everything stays as it is.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.DeploymentNotFound"/></exception>
    public Task<DeploymentResult?> CancelDeploymentAsync(string id, bool force, CancellationToken cancellationToken) => throw new NotImplementedException();

    // ---- tasks

    /// <param name="appId">Null: of all apps.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/></exception>
    public Task<IReadOnlyList<AppTask>> ListTasksAsync(string? appId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <param name="scale">The apps shall have so many instances fewer.</param>
    /// <param name="wipe">Persistent volumes and reservations go too.</param>
    /// <returns>Null where they are replaced, without a deployment.</returns>
    public Task<DeploymentResult?> KillTasksAsync(IReadOnlyList<string> taskIds, bool scale, bool wipe, bool force, CancellationToken cancellationToken)
        => throw new NotImplementedException();

    // ---- queue, server, events

    /// <summary>With the offers that were not used, where the server tells them.</summary>
    public Task<IReadOnlyList<QueueItem>> ListQueueAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/></exception>
    public Task ResetDelayAsync(string appId, CancellationToken cancellationToken) => throw new NotImplementedException();

    public Task<MarathonInfo> GetInfoAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <returns>host:port.</returns>
    public Task<string?> GetLeaderAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>
    /// Everything that happens, from now on, until cancelled. A stream that breaks, or is silent for too long, is opened again; the first
    /// thing in each is <see cref="MarathonNews.Connected"/>, which says: read everything again, something may have been missed.
    /// </summary>
    /// <param name="types">Empty: all.</param>
    public IAsyncEnumerable<MarathonNews> WatchAsync(IReadOnlyList<string> types, CancellationToken cancellationToken) => throw new NotImplementedException();

    public void Dispose()
    {
    }
}

/// <summary>Which apps are wanted.</summary>
public sealed record AppQuery
{
    /// <summary>Part of the id.</summary>
    public string? Id { get; init; }

    /// <summary>A selector: <c>tier==front,env in (test,prod)</c>.</summary>
    public string? Label { get; init; }

    /// <summary>With tasks, deployments, last failure...; counts are there always.</summary>
    public bool WithTasks { get; init; }
}

/// <summary>What a stream of events brings: an event, or that the stream begins anew.</summary>
/// <param name="Event">Null: the stream has just been opened.</param>
public readonly record struct MarathonNews(MarathonEvent? Event)
{
    public static MarathonNews Connected => default;
}
