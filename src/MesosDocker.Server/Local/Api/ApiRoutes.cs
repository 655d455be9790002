namespace MesosDocker.Local;

internal delegate Task<Answer> Handler(ApiRequest request);

/// <summary>What there is, and by which methods. Ids have slashes in them, so that a path is read from both of its ends.</summary>
internal sealed class ApiRoutes(Parts parts)
{
    private const string Get = "GET";
    private const string Post = "POST";
    private const string Put = "PUT";
    private const string Patch = "PATCH";
    private const string Delete = "DELETE";

    private static readonly Handler s_noPods = static _ => Task.FromResult(Errors.NoPods);

    private readonly AppsResource _apps = new(parts);
    private readonly AppTasksResource _appTasks = new(parts);
    private readonly TasksResource _tasks = new(parts);
    private readonly GroupsResource _groups = new(parts);
    private readonly DeploymentsResource _deployments = new(parts);
    private readonly QueueResource _queue = new(parts);
    private readonly SystemResource _system = new(parts);

    public Task<Answer> HandleAsync(ApiRequest request)
    {
        IReadOnlyDictionary<string, Handler>? methods = Find(request.Path);
        return methods is null ? Task.FromResult(Errors.NotFound)
            : methods.TryGetValue(request.Method, out Handler? handler) ? handler(request)
            : Task.FromResult(Errors.NotAllowed(string.Join(", ", methods.ContainsKey(Get) ? methods.Keys.Append("HEAD") : methods.Keys)));
    }

    private Dictionary<string, Handler>? Find(string[] path) => path switch
    {
        ["v2", "apps", .. var rest] => Apps(rest),
        ["v2", "groups", .. var rest] => Groups(rest),
        ["v2", "tasks"] => new() { [Get] = _tasks.ListAsync },
        ["v2", "tasks", "delete"] => new() { [Post] = _tasks.KillAsync },
        ["v2", "deployments"] => new() { [Get] = _ => _deployments.ListAsync() },
        ["v2", "deployments", var id] => new() { [Delete] = request => _deployments.CancelAsync(request, id) },
        ["v2", "queue"] => new() { [Get] = _queue.ListAsync },
        ["v2", "queue", .. { Length: > 0 } id, "delay"] => new() { [Delete] = request => _queue.ResetAsync(request, ApiRequest.Id(id)) },
        ["v2", "pods", ..] => new() { [Get] = s_noPods, [Post] = s_noPods, [Put] = s_noPods, [Delete] = s_noPods },
        _ => System(path),
    };

    private Dictionary<string, Handler>? System(string[] path) => path switch
    {
        ["ping"] => new() { [Get] = SystemResource.PingAsync },
        ["metrics"] => new() { [Get] = _ => _system.MetricsAsync() },
        ["v2", "info"] => new() { [Get] = _system.InfoAsync },
        ["v2", "leader"] => new() { [Get] = SystemResource.LeaderAsync, [Delete] = _ => _system.AbdicateAsync() },
        ["v2", "plugins"] => new() { [Get] = _ => SystemResource.PluginsAsync() },
        ["v2", "eventSubscriptions", ..] => new() { [Get] = NoSubscriptions, [Post] = NoSubscriptions, [Delete] = NoSubscriptions },
        _ => null,
    };

    private Dictionary<string, Handler> Apps(string[] path) => path switch
    {
        [] => new()
        {
            [Get] = _apps.ListAsync,
            [Post] = _apps.CreateAsync,
            [Put] = request => _apps.UpdateAllAsync(request, IsPartial(request), mayCreate: true),
            [Patch] = request => _apps.UpdateAllAsync(request, isPartial: true, mayCreate: false),
        },
        [.. { Length: > 0 } id, "tasks"] => new()
        {
            [Get] = request => _appTasks.ListAsync(request, ApiRequest.Id(id)),
            [Delete] = request => _appTasks.KillAllAsync(request, ApiRequest.Id(id)),
        },
        [.. { Length: > 0 } id, "tasks", var task] => new() { [Delete] = request => _appTasks.KillOneAsync(request, ApiRequest.Id(id), task) },
        [.. { Length: > 0 } id, "versions"] => new() { [Get] = _ => _apps.VersionsAsync(ApiRequest.Id(id)) },
        [.. { Length: > 0 } id, "versions", var version] => new() { [Get] = _ => _apps.VersionAsync(ApiRequest.Id(id), version) },
        [.. { Length: > 0 } id, "restart"] => new() { [Post] = request => _apps.RestartAsync(request, ApiRequest.Id(id)) },
        _ => new()
        {
            [Get] = request => _apps.ShowAsync(request, ApiRequest.Id(path)),
            [Put] = request => _apps.UpdateAsync(request, ApiRequest.Id(path), IsPartial(request), mayCreate: true),
            [Patch] = request => _apps.UpdateAsync(request, ApiRequest.Id(path), isPartial: true, mayCreate: false),
            [Delete] = request => _apps.DeleteAsync(request, ApiRequest.Id(path)),
        },
    };

    private Dictionary<string, Handler> Groups(string[] path) => path switch
    {
        [.. var id, "apps"] => new() { [Get] = request => _groups.AppsAsync(request, ApiRequest.Id(id)) },
        [.. var id, "versions"] => new() { [Get] = _ => _groups.VersionsAsync(ApiRequest.Id(id)) },
        [.. var id, "versions", var version] => new() { [Get] = request => _groups.VersionAsync(request, ApiRequest.Id(id), version) },
        _ => new()
        {
            [Get] = request => _groups.ShowAsync(request, ApiRequest.Id(path)),
            [Post] = request => _groups.CreateAsync(request, ApiRequest.Id(path)),
            [Put] = request => _groups.UpdateAsync(request, ApiRequest.Id(path)),
            [Patch] = request => _groups.PatchAsync(request, ApiRequest.Id(path)),
            [Delete] = request => _groups.DeleteAsync(request, ApiRequest.Id(path)),
        },
    };

    // Without the word, PUT changes only what is said; so it was before there was PATCH, and so it stayed.
    private static bool IsPartial(ApiRequest request) => request.Flag("partialUpdate", assumed: true);

    private static Task<Answer> NoSubscriptions(ApiRequest request)
        => Task.FromResult(Answer.Message(404, "Events are no longer posted to callbacks (since Marathon 1.5): listen to GET /v2/events."));
}
