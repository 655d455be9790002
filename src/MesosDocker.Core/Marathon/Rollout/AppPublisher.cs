using System.Text.Json;
using System.Text.Json.Nodes;

namespace MesosDocker.Marathon;

/// <summary>What was done with an app.</summary>
public sealed record PublishedApp
{
    public required string Id { get; init; }

    public required AppAction Action { get; init; }

    /// <summary>A moment; null where nothing was done.</summary>
    public string? Version { get; init; }

    public string? DeploymentId { get; init; }

    /// <summary>Where it was waited for: tasks that run, are of the new version, and healthy.</summary>
    public int? Healthy { get; init; }

    public int Instances { get; init; }

    /// <summary>Seconds until it was so.</summary>
    public double? Seconds { get; init; }
}

/// <summary>An app that was changed by its name.</summary>
public sealed record ChangedApp
{
    public required string Id { get; init; }

    /// <summary>A moment.</summary>
    public string? Version { get; init; }

    public string? DeploymentId { get; init; }

    /// <summary>Where it was waited for: tasks that run, are of the new version, and healthy.</summary>
    public int? Healthy { get; init; }

    public int? Instances { get; init; }

    /// <summary>Seconds until it was so.</summary>
    public double? Seconds { get; init; }
}

/// <summary>Brings apps into force, and back.</summary>
public sealed class AppPublisher(MarathonClient client)
{
    /// <summary>What publishing it would do.</summary>
    /// <param name="isPatch">Only what is said counts; the rest stays as it is.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/>: a patch of nothing.</exception>
    public async Task<AppChange> PlanAsync(App app, bool isPatch, CancellationToken cancellationToken)
    {
        App wanted = app.WithoutServerFields();
        App? before = await client.FindAppAsync(app.Id!, cancellationToken).ConfigureAwait(false);
        return !isPatch ? AppChange.Of(wanted, before)
            : before is not null ? AppChange.Of(Patched(before, wanted), before) with { App = wanted }
            : throw new MesosDockerException(Fault.AppNotFound, $"There is no app '{app.Id}' to change; without -Patch it is created.");
    }

    // A patch replaces whole fields: what it does not say of a field it says is gone.
    private static App Patched(App before, App patch)
    {
        var json = (JsonObject)JsonSerializer.SerializeToNode(before.WithoutServerFields(), MarathonJson.Default.App)!;
        var said = (JsonObject)JsonSerializer.SerializeToNode(patch, MarathonJson.Default.App)!;
        foreach ((string name, JsonNode? value) in said)
        {
            json[name] = value?.DeepClone();
        }

        return App.FromJson(JsonSerializer.SerializeToElement(json, MarathonJson.Default.JsonObject));
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.AppLocked"/>, <see cref="Fault.DefinitionInvalid"/>.</exception>
    public Task<DeploymentResult> ApplyAsync(AppChange change, bool isPatch, bool force, CancellationToken cancellationToken)
        => isPatch ? client.PatchAppAsync(change.App, force, cancellationToken) : client.PutAppAsync(change.App, force, cancellationToken);

    /// <summary>Undoes a change that came to nothing. What comes of it is a deployment, too, where there is something to deploy.</summary>
    /// <exception cref="MesosDockerException">It cannot be undone.</exception>
    public async Task<DeploymentResult> RollBackAsync(AppChange change, DeploymentResult deployment, CancellationToken cancellationToken)
    {
        try
        {
            return change.Before is { Version: var before }
                ? await new DeploymentWatch(client).RollbackAsync(change.Id, deployment.DeploymentId, before, cancellationToken).ConfigureAwait(false)
                : await TakeAwayAsync(change, deployment, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (change.Before is null && e.Fault == Fault.AppNotFound)
        {
            // Its deployment's reverse has already done it.
            return new DeploymentResult();
        }
    }

    // It was not there before, and neither was a version to go back to.
    private async Task<DeploymentResult> TakeAwayAsync(AppChange change, DeploymentResult deployment, CancellationToken cancellationToken)
    {
        IReadOnlyList<Deployment> running = await client.ListDeploymentsAsync(cancellationToken).ConfigureAwait(false);
        DeploymentResult? reverse = running.Any(one => one.Id == deployment.DeploymentId)
            ? await client.CancelDeploymentAsync(deployment.DeploymentId!, force: false, cancellationToken).ConfigureAwait(false)
            : null;
        return reverse ?? await client.RemoveAppAsync(change.Id, force: false, cancellationToken).ConfigureAwait(false);
    }
}
