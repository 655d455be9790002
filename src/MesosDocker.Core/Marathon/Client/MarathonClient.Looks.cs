using System.Text.Json;
using System.Text.Json.Nodes;

namespace MesosDocker.Marathon;

// What became of a write whose answer was lost.
public sealed partial class MarathonClient
{
    private const int MostNamed = 5;

    private async Task<WriteTrace> LookForAsync(App wanted, CancellationToken cancellationToken)
        => await FindAppAsync(wanted.Id!, cancellationToken).ConfigureAwait(false) is { } now
            ? Compared(now, AppBody.Of(wanted) with { Id = now.Id })
            : WriteTrace.NotDone($"there is no app '{wanted.Id}'");

    private async Task<WriteTrace> LookForChangeAsync(App change, CancellationToken cancellationToken)
    {
        if (await FindAppAsync(change.Id!, cancellationToken).ConfigureAwait(false) is not { } now)
        {
            return WriteTrace.NotDone($"there is no app '{change.Id}'");
        }

        if (!AppBody.IsRollback(AppBody.Of(change)))
        {
            return Compared(now, Laid(AppBody.Of(change) with { Id = now.Id }, over: AppBody.Of(now)));
        }

        App wanted = await GetVersionAsync(change.Id!, change.Version!, cancellationToken).ConfigureAwait(false);
        return Compared(now, AppBody.Of(wanted) with { Id = now.Id });
    }

    private async Task<WriteTrace> LookForNoAppAsync(string id, CancellationToken cancellationToken)
        => await FindAppAsync(id, cancellationToken).ConfigureAwait(false) is null
            ? await FindDeploymentAsync([id], cancellationToken).ConfigureAwait(false)
            : WriteTrace.NotDone($"the app '{id}' is still there");

    private async Task<WriteTrace> LookForRestartAsync(string id, string? before, CancellationToken cancellationToken)
        => await FindAppAsync(id, cancellationToken).ConfigureAwait(false) is not { } now
            ? WriteTrace.Unknown($"there is no app '{id}' any more")
            : now.Version == before ? WriteTrace.NotDone($"the app '{id}' is still at version {before}")
            : WriteTrace.Done(now.Version, now.Deployments?.FirstOrDefault()?.Id);

    private async Task<WriteTrace> LookForAsync(Group wanted, CancellationToken cancellationToken)
    {
        if (await FindGroupAsync(wanted.Id ?? "/", cancellationToken).ConfigureAwait(false) is not { } now)
        {
            return WriteTrace.NotDone($"there is no group '{wanted.Id}'");
        }

        if (wanted is { Apps: null, Groups: null })
        {
            return WriteTrace.Unknown($"the group '{wanted.Id}' was to be changed by its {(wanted.Version is null ? "scale" : "version")}");
        }

        Dictionary<string, App> there = GroupBody.Apps(now).DistinctBy(static app => app.Id).ToDictionary(static app => app.Id!);
        string[] different = [.. GroupBody.Apps(wanted)
            .Where(app => !there.Remove(app.Id!, out App? found) || found.CompareTo(AppBody.Of(app)).Count > 0)
            .Select(static app => app.Id!)];
        return different.Length > 0 ? WriteTrace.NotDone($"these are not as they were to be: {Named(different)}")
            : there.Count > 0 ? WriteTrace.NotDone($"these were to go, and are still there: {Named(there.Keys)}")
            : await FindDeploymentAsync([.. GroupBody.Apps(wanted).Select(static app => app.Id!)], cancellationToken).ConfigureAwait(false);
    }

    private async Task<WriteTrace> LookForNoGroupAsync(string id, CancellationToken cancellationToken)
        => await FindGroupAsync(id, cancellationToken).ConfigureAwait(false) is null
            ? WriteTrace.Done(null, null)
            : WriteTrace.NotDone($"the group '{id}' is still there");

    private async Task<WriteTrace> LookForNoDeploymentAsync(string id, bool force, CancellationToken cancellationToken)
    {
        IReadOnlyList<Deployment> running = await ListDeploymentsAsync(cancellationToken).ConfigureAwait(false);
        return running.Any(deployment => deployment.Id == id) ? WriteTrace.NotDone($"the deployment '{id}' is still running")
            : force ? WriteTrace.Done(null, null)
            : WriteTrace.Unknown($"the deployment '{id}' is gone, which it would be, too, had it come to its end");
    }

    private async Task<WriteTrace> LookForNoTasksAsync(IReadOnlyList<string> taskIds, CancellationToken cancellationToken)
    {
        IReadOnlyList<AppTask> tasks = await ListTasksAsync(null, cancellationToken).ConfigureAwait(false);
        string[] left = [.. tasks.Where(static task => task.State != "TASK_KILLING").Select(static task => task.Id).OfType<string>()
            .Intersect(taskIds)];

        // A task that is being killed may be there for a while, and looks as if nothing had happened to it.
        return left.Length == 0 ? WriteTrace.Done(null, null) : WriteTrace.Unknown($"still there are {Named(left)}");
    }

    private async Task<WriteTrace> LookForNoDelayAsync(string appId, CancellationToken cancellationToken)
    {
        IReadOnlyList<QueueItem> queue = await ListQueueAsync(cancellationToken).ConfigureAwait(false);
        QueueItem? item = queue.FirstOrDefault(item => PathId.Absolute(item.App?.Id ?? item.Pod?.Id ?? "") == PathId.Absolute(appId));
        return item?.Delay?.TimeLeftSeconds is > 0 and var left
            ? WriteTrace.NotDone($"'{appId}' still has {left} seconds to wait")
            : WriteTrace.Done(null, null);
    }

    private async Task<WriteTrace> FindDeploymentAsync(IReadOnlyList<string> appIds, CancellationToken cancellationToken)
    {
        IReadOnlyList<Deployment> running = await ListDeploymentsAsync(cancellationToken).ConfigureAwait(false);
        Deployment? found = running.FirstOrDefault(deployment => deployment.AffectedApps?.Intersect(appIds).Any() == true);
        return WriteTrace.Done(found?.Version, found?.Id);
    }

    private static WriteTrace Compared(App now, App wanted)
        => now.CompareTo(wanted) is { Count: > 0 } differences
            ? WriteTrace.NotDone(
                $"the app '{now.Id}' is at version {now.Version}, and differs at {Named(differences.Select(static one => one.Path))}")
            : WriteTrace.Done(now.Version, now.Deployments?.FirstOrDefault()?.Id);

    // Field by field, as Marathon lays a change over an app.
    private static App Laid(App change, App over)
    {
        JsonObject whole = JsonSerializer.SerializeToNode(over, MarathonJson.Default.App)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonSerializer.SerializeToNode(change, MarathonJson.Default.App)!.AsObject())
        {
            whole[name] = value?.DeepClone();
        }

        return whole.Deserialize(MarathonJson.Default.App)!;
    }

    private static string Named(IEnumerable<string> names)
        => string.Join(", ", names.Take(MostNamed)) + (names.Skip(MostNamed).Any() ? "..." : "");
}
