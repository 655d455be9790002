using System.Text.Json;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary><c>/v2/apps</c> and <c>/v2/apps/{id}</c>.</summary>
internal sealed class AppsResource(Parts parts)
{
    private readonly AppChanges _changes = new(parts.Settings);

    public Task<Answer> ListAsync(ApiRequest request)
    {
        Func<App, bool>[] tests =
        [
            .. request.Query("cmd") is { } command ? [Contains(command, static app => app.Cmd)] : Array.Empty<Func<App, bool>>(),
            .. request.Query("id") is { } id ? [Contains(id, static app => app.Id)] : Array.Empty<Func<App, bool>>(),
            .. request.Query("label") is { } label ? [LabelSelector.Parse(label)] : Array.Empty<Func<App, bool>>(),
        ];
        StateView view = parts.View();
        Embeds embeds = Embeds.OfList(request.Embeds);
        return Task.FromResult(Answer.List(
            "apps",
            RootGroup.AppsOf(view.State.Root).Where(app => tests.All(test => test(app))).Select(app => view.App(app, embeds)),
            MarathonJson.Default.App));
    }

    public async Task<Answer> CreateAsync(ApiRequest request)
    {
        using JsonDocument json = await request.ReadJsonAsync();
        (string id, ClusterChange change) = _changes.Create(json.RootElement);
        DeploymentResult result = await parts.Cluster.ChangeAsync(change, request.Flag("force"), request.Aborted);
        StateView view = parts.View();

        // Somebody may have been quick enough to take it away again.
        App? app = RootGroup.FindApp(view.State.Root, id);
        Post(request, app);
        return app is null
            ? Answer.Deployment(result, 201, Location(id))
            : Answer.Of(Made(view, app, result), MarathonJson.Default.App, 201) with { DeploymentId = result.DeploymentId, Location = Location(id) };
    }

    public Task<Answer> ShowAsync(ApiRequest request, string id)
    {
        StateView view = parts.View();
        Embeds embeds = Embeds.OfOne(request.Embeds);
        if (Everything.Below(id) is { } groupId)
        {
            Group group = RootGroup.Find(view.State.Root, groupId) ?? throw Refusals.NoGroup(groupId);
            return Task.FromResult(Answer.List("*", RootGroup.AppsOf(group).Select(app => view.App(app, embeds)), MarathonJson.Default.App));
        }

        App found = RootGroup.FindApp(view.State.Root, id) ?? throw Refusals.NoApp(id);
        return Task.FromResult(Answer.Of(new AppEnvelope { App = view.App(found, embeds) }, MarathonJson.Default.AppEnvelope));
    }

    public async Task<Answer> UpdateAsync(ApiRequest request, string id, bool isPartial, bool mayCreate)
    {
        using JsonDocument json = await request.ReadJsonAsync();
        bool isNew = false;
        ClusterChange change = _changes.Update(id, json.RootElement, isPartial, mayCreate);
        DeploymentResult result = await parts.Cluster.ChangeAsync(
            change with
            {
                Apply = (state, version) =>
                {
                    isNew = RootGroup.FindApp(state.Root, id) is null;
                    return change.Apply(state, version);
                },
            },
            request.Flag("force"),
            request.Aborted);
        Post(request, RootGroup.FindApp(parts.Cluster.State.Root, id));
        return isNew ? Answer.Deployment(result, 201, Location(id)) : Answer.Deployment(result);
    }

    public async Task<Answer> UpdateAllAsync(ApiRequest request, bool isPartial, bool mayCreate)
    {
        using JsonDocument json = await request.ReadJsonAsync();
        ClusterChange change = _changes.UpdateAll(json.RootElement, isPartial, mayCreate);
        return Answer.Deployment(await parts.Cluster.ChangeAsync(change, request.Flag("force"), request.Aborted));
    }

    // To take an app away, Marathon cancels what holds it, unless told not to.
    public async Task<Answer> DeleteAsync(ApiRequest request, string id)
        => Answer.Deployment(await parts.Cluster.ChangeAsync(AppChanges.Delete(id), request.Flag("force", assumed: true), request.Aborted));

    public async Task<Answer> RestartAsync(ApiRequest request, string id)
        => Answer.Deployment(await parts.Cluster.ChangeAsync(AppChanges.Restart(id), request.Flag("force"), request.Aborted));

    public Task<Answer> VersionsAsync(string id)
    {
        ClusterState state = parts.Cluster.State;
        return RootGroup.FindApp(state.Root, id) is null
            ? throw Refusals.NoApp(id)
            : Task.FromResult(Answer.Of(new VersionsEnvelope { Versions = AppVersions.Of(state, id) }, MarathonJson.Default.VersionsEnvelope));
    }

    public Task<Answer> VersionAsync(string id, string version)
        => Task.FromResult(Answer.Of(
            ToldApp.Of(AppVersions.Find(parts.Cluster.State, id, version) ?? throw Refusals.NoApp(id, version)), MarathonJson.Default.App));

    private static Func<App, bool> Contains(string text, Func<App, string?> field)
        => app => field(app)?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;

    // Its deployment may be over by now, and is told all the same.
    private static App Made(StateView view, App app, DeploymentResult result)
        => view.App(app, Embeds.OfList([])) with { Deployments = [new Identified { Id = result.DeploymentId }] };

    // Marathon's own leads nowhere (it leaves out /v2/apps); this one can be followed.
    private static string Location(string id) => "/v2/apps" + id;

    private void Post(ApiRequest request, App? app)
    {
        if (app is not null)
        {
            parts.Events.Publish(parts.Events.Of("api_post_event") with
            {
                ClientIp = request.ClientIp,
                Uri = request.Uri,
                AppDefinition = ToldApp.Of(app),
            });
        }
    }
}
