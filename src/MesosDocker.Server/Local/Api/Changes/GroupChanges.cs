using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What requests below <c>/v2/groups</c> ask of the cluster.</summary>
internal sealed class GroupChanges(MarathonSettings settings)
{
    /// <summary>POST: no group and no app of that name may be there.</summary>
    /// <exception cref="RefusedException"></exception>
    public (string Id, ClusterChange Change) Create(string path, JsonElement json)
    {
        (string id, Group said) = Read(path, json);
        return (id, new ClusterChange((state, version) =>
        {
            string? clash = RootGroup.Find(state.Root, id) is not null ? $"Group {id} is already created. Use PUT to change this group."
                : RootGroup.FindApp(state.Root, id) is not null ? $"An app with the path {id} already exists."
                : null;
            return clash is null ? Apply(state, id, said, version) : throw new RefusedException(Refusal.Exists, clash);
        }));
    }

    /// <summary>PUT: back to a version, or every app multiplied, or what is said instead of what is there.</summary>
    /// <exception cref="RefusedException"></exception>
    public ClusterChange Update(string path, JsonElement json)
    {
        (string id, Group said) = Read(path, json);
        return new ClusterChange((state, version) => Apply(state, id, said, version));
    }

    /// <summary>PATCH: how strict a group at the top is about roles; no task feels it.</summary>
    /// <exception cref="RefusedException"></exception>
    public static ClusterChange Patch(string id, JsonElement json)
    {
        JsonObject said = Definitions.ToObject(json);
        if (!PathId.IsTopLevel(id))
        {
            throw Definitions.Invalid("/", $"{id} is not a group directly below '/', and only those can be changed so.");
        }

        bool? enforceRole = said["enforceRole"] switch
        {
            null => null,
            JsonValue value when value.TryGetValue(out bool flag) => flag,
            _ => throw Definitions.Unreadable("/enforceRole", "must be a boolean."),
        };
        return new ClusterChange((state, version) => RootGroup.Find(state.Root, id) is { } group
            ? RootGroup.Put(state.Root, group with { EnforceRole = enforceRole ?? false }, version)
            : throw Refusals.NoGroup(id));
    }

    public static ClusterChange Delete(string id)
        => new((state, version) => RootGroup.Find(state.Root, id) is null
            ? throw Refusals.NoGroup(id)
            : RootGroup.RemoveGroup(state.Root, id, version));

    private (string Id, Group Said) Read(string path, JsonElement json)
    {
        JsonObject said = Definitions.ToObject(json);
        string id = said["id"] is JsonValue value && value.TryGetValue(out string? text) ? PathId.Absolute(text, path) : path;
        bool isStructure = said.Any(static field => field.Key is not ("id" or "version" or "scaleBy") && field.Value is not null);
        if (isStructure)
        {
            // Rules for what is in a group need to know which one it is.
            said["id"] = id;
        }
        else
        {
            said.Remove("id");
        }

        Group group = Definitions.ReadGroup(Definitions.ToElement(said), settings);
        return group.Version is not null && isStructure
            ? throw Definitions.Invalid("/version", "must stand alone: it goes back to that version.")
            : (id, group);
    }

    private static Group Apply(ClusterState state, string id, Group said, string version)
    {
        Group? current = RootGroup.Find(state.Root, id);
        Group next = said switch
        {
            { Version: { } earlier } => RootGroup.Put(state.Root, Earlier(state, id, earlier), version),
            { ScaleBy: { } factor } => Scaled(state, id, current, factor, version),
            _ => RootGroup.Put(state.Root, Become(current ?? RootGroup.Empty(id, version), said, version), version),
        };
        return RootRules.Check(state.Root, next);
    }

    private static Group Earlier(ClusterState state, string id, string version)
        => Moments.Read(version) is null
            ? throw Definitions.Invalid("/version", "must be a moment, as /versions tells them: 2026-01-31T12:00:00.000Z.")
            : GroupVersions.At(state, id, version)
                ?? throw new RefusedException(Refusal.Invalid, $"Group {id} not available in version {version}");

    private static Group Scaled(ClusterState state, string id, Group? current, double factor, string version)
    {
        Group group = RootGroup.MapApps(
            current ?? throw Refusals.NoGroup(id),
            version,
            app => Instances(app, factor) is var instances && instances == app.Instances ? app : app with { Instances = instances });
        return ReferenceEquals(group, current) ? state.Root : RootGroup.Put(state.Root, group, version);
    }

    private static int Instances(App app, double factor)
    {
        double wanted = Math.Ceiling((app.Instances ?? 1) * factor);
        return wanted <= int.MaxValue
            ? (int)wanted
            : throw Definitions.Invalid("/scaleBy", $"is too much: {app.Id} would have {wanted:0} instances.");
    }

    // Apps and groups that are said are all that there shall be; where none are said, those that are there stay.
    private static Group Become(Group current, Group said, string version) => current with
    {
        Groups = said.Groups is null ? current.Groups : [.. said.Groups.Select(inner => Inner(current, inner, version))],
        Apps = said.Apps is null ? current.Apps : [.. said.Apps.Select(app => Member(current, app))],
        Dependencies = said.Dependencies is null ? current.Dependencies : [.. said.Dependencies.Select(id => PathId.Absolute(id, current.Id!))],
        EnforceRole = said.EnforceRole ?? current.EnforceRole,
        Version = version,
    };

    private static Group Inner(Group outer, Group said, string version)
    {
        string id = PathId.Absolute(said.Id!, outer.Id!);
        return Become(outer.Groups?.FirstOrDefault(group => group.Id == id) ?? RootGroup.Empty(id, version), said, version);
    }

    private static App Member(Group group, App said)
    {
        App next = CompleteApp.Of(said with { Id = PathId.Absolute(said.Id!, group.Id!) });
        App? current = group.Apps?.FirstOrDefault(app => app.Id == next.Id);
        return current is not null && current.CompareTo(next).Count == 0 ? current : next;
    }
}
