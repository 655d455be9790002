using System.Text.Json;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary><c>/v2/groups</c> and everything below.</summary>
internal sealed class GroupsResource(Parts parts)
{
    private readonly GroupChanges _changes = new(parts.Settings);

    public Task<Answer> ShowAsync(ApiRequest request, string id)
    {
        StateView view = parts.View();
        return Task.FromResult(Tell(view, Find(view, id), request));
    }

    public Task<Answer> AppsAsync(ApiRequest request, string id)
    {
        StateView view = parts.View();
        Embeds embeds = Embeds.OfGroup(request.Embeds);
        return Task.FromResult(Answer.List(null, RootGroup.AppsOf(Find(view, id)).Select(app => view.App(app, embeds)), MarathonJson.Default.App));
    }

    public Task<Answer> VersionsAsync(string id)
    {
        IReadOnlyList<string> versions = GroupVersions.Of(parts.Cluster.State, id);
        return versions.Count > 0
            ? Task.FromResult(Answer.List(null, versions, MarathonJson.Default.String))
            : throw Refusals.NoGroup(id);
    }

    public Task<Answer> VersionAsync(ApiRequest request, string id, string version)
    {
        StateView view = parts.View();
        return GroupVersions.At(view.State, id, version) is { } group
            ? Task.FromResult(Tell(view, group, request))
            : throw Refusals.NoGroup(id);
    }

    public async Task<Answer> CreateAsync(ApiRequest request, string path)
    {
        using JsonDocument json = await request.ReadJsonAsync();
        (string id, ClusterChange change) = _changes.Create(path, json.RootElement);
        return Answer.Deployment(await parts.Cluster.ChangeAsync(change, request.Flag("force"), request.Aborted), 201, "/v2/groups" + id);
    }

    public async Task<Answer> UpdateAsync(ApiRequest request, string path)
    {
        using JsonDocument json = await request.ReadJsonAsync();
        ClusterChange change = _changes.Update(path, json.RootElement);
        return request.Flag("dryRun")
            ? Answer.Of(new StepsEnvelope { Steps = parts.Cluster.Plan(change) }, MarathonJson.Default.StepsEnvelope)
            : Answer.Deployment(await parts.Cluster.ChangeAsync(change, request.Flag("force"), request.Aborted));
    }

    public async Task<Answer> PatchAsync(ApiRequest request, string id)
    {
        using JsonDocument json = await request.ReadJsonAsync();
        await parts.Cluster.ChangeAsync(GroupChanges.Patch(id, json.RootElement), force: false, request.Aborted);
        return new Answer(200);
    }

    public async Task<Answer> DeleteAsync(ApiRequest request, string id)
        => Answer.Deployment(await parts.Cluster.ChangeAsync(GroupChanges.Delete(id), request.Flag("force"), request.Aborted));

    private static Group Find(StateView view, string id) => RootGroup.Find(view.State.Root, id) ?? throw Refusals.NoGroup(id);

    private static Answer Tell(StateView view, Group group, ApiRequest request)
        => Answer.Of(view.Group(group, Embeds.OfGroup(request.Embeds)), MarathonJson.Default.Group);
}
