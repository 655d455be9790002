using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What requests below <c>/v2/apps</c> ask of the cluster.</summary>
internal sealed class AppChanges(MarathonSettings settings)
{
    /// <summary>POST: it must be new.</summary>
    /// <exception cref="RefusedException"></exception>
    public (string Id, ClusterChange Change) Create(JsonElement json)
    {
        App app = CompleteApp.Of(Definitions.ReadApp(json, settings));
        return (app.Id!, Change((state, version) => RootGroup.FindApp(state.Root, app.Id!) is null
            ? RootGroup.Put(state.Root, app, version)
            : throw Refusals.AppExists(app.Id!)));
    }

    /// <summary>PUT and PATCH of one: the path has the last word about its id.</summary>
    /// <param name="isPartial">What is not said stays as it is.</param>
    /// <param name="mayCreate">Where there is no such app, this makes it.</param>
    /// <exception cref="RefusedException"></exception>
    public ClusterChange Update(string id, JsonElement json, bool isPartial, bool mayCreate)
    {
        JsonObject said = Definitions.ToObject(json);
        said["id"] = id;
        Func<ClusterState, string, App?> become = Becoming(id, said, isPartial, mayCreate);
        return Change((state, version) => Apply(state, state.Root, version, id, become));
    }

    /// <summary>PUT and PATCH of many; all or none.</summary>
    /// <exception cref="RefusedException"></exception>
    public ClusterChange UpdateAll(JsonElement json, bool isPartial, bool mayCreate)
    {
        List<(string Id, Func<ClusterState, string, App?> Become)> updates = [];
        foreach (JsonElement item in Definitions.Items(json))
        {
            JsonObject said = Definitions.ToObject(item);
            string id = said["id"] is JsonValue value && value.TryGetValue(out string? text)
                ? PathId.Absolute(text)
                : throw Definitions.Invalid($"({updates.Count})/id", "must be there: App Update must have app id set.");
            said["id"] = id;
            updates.Add((id, Becoming(id, said, isPartial, mayCreate)));
        }

        return Change((state, version) => updates.Aggregate(
            state.Root, (root, update) => Apply(state, root, version, update.Id, update.Become)));
    }

    public static ClusterChange Delete(string id)
        => Change((state, version) => RootGroup.FindApp(state.Root, id) is null
            ? throw Refusals.NoApp(id)
            : RootGroup.RemoveApp(state.Root, id, version));

    public static ClusterChange Restart(string id)
        => new((state, _) => RootGroup.FindApp(state.Root, id) is null ? throw Refusals.NoApp(id) : state.Root) { Restarted = [id] };

    private static ClusterChange Change(Func<ClusterState, string, Group> apply)
        => new((state, version) => RootRules.Check(state.Root, apply(state, version)));

    private static Group Apply(ClusterState state, Group root, string version, string id, Func<ClusterState, string, App?> become)
    {
        App? current = RootGroup.FindApp(root, id);
        App next = become(state, version) ?? throw Refusals.NoApp(id);
        return current is not null && current.CompareTo(next).Count == 0 ? root : RootGroup.Put(root, next, version);
    }

    // What can be judged without knowing the app is judged at once, and not in the cluster's turn.
    private Func<ClusterState, string, App?> Becoming(string id, JsonObject said, bool isPartial, bool mayCreate)
    {
        if (!isPartial)
        {
            // The version in a whole definition is the one it was fetched with.
            said.Remove("version");
            App whole = CompleteApp.Of(Definitions.ReadApp(Definitions.ToElement(said), settings));
            return (state, _) => mayCreate || RootGroup.FindApp(state.Root, id) is not null ? whole : null;
        }

        App change = Definitions.ReadChange(Definitions.ToElement(said));
        return (state, _) => RootGroup.FindApp(state.Root, id) switch
        {
            { } current when change.Version is { } version => Version(state, current, version),
            { } current => Merged(current, change, said),
            null when mayCreate => CompleteApp.Of(Definitions.ReadApp(Definitions.ToElement(said), settings)),
            null => null,
        };
    }

    private static App Version(ClusterState state, App current, string version)
        => Moments.Read(version) is not null
            ? AppVersions.Find(state, current.Id!, version) ?? throw Refusals.NoApp(current.Id!)
            : throw Definitions.Invalid("/version", "must be a moment, as /versions tells them: 2026-01-31T12:00:00.000Z.");

    private App Merged(App current, App change, JsonObject said)
    {
        JsonElement merged = AppMerge.Of(current, change, said);
        return CompleteApp.Of(Definitions.ReadApp(merged, settings));
    }
}
