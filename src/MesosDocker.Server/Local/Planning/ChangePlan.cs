using System.Collections.Immutable;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What a change comes to, decided without doing anything.</summary>
internal sealed record ChangePlan
{
    public required string Version { get; init; }

    public required RootDelta Delta { get; init; }

    /// <summary>The root group afterwards.</summary>
    public required Group Target { get; init; }

    public required ImmutableList<DeploymentStep> Steps { get; init; }

    public required ImmutableSortedSet<string> AffectedApps { get; init; }

    /// <summary>Those whose tasks are to be something else: what was learnt of their failures is of no use any more.</summary>
    public required ImmutableArray<string> Reconfigured { get; init; }

    // Each is two levels of JSON, which has a limit for everybody who reads it.
    private const int MostSegments = 12;

    /// <exception cref="RefusedException"></exception>
    public static ChangePlan Make(ClusterState state, ClusterChange change, string version)
    {
        GroupTree old = GroupTree.Of(state.Root);
        Group said = change.Apply(state, version);
        RootDelta found = RootDelta.Between(state.Root, said);
        RefuseDeepIds(found.Apps);
        var ports = new ServicePorts(() => old.Apps.Values.Concat(found.Apps));
        Dictionary<string, AppChangeKind> kinds = [];
        List<App> put = [];
        IEnumerable<App> asRestarted = change.Restarted
            .Except(found.Apps.Select(static app => app.Id!))
            .Select(GroupTree.Of(said).App)
            .OfType<App>();
        foreach (App app in found.Apps.Concat(asRestarted))
        {
            string id = app.Id!;
            App? before = old.App(id);
            App? restored = change.Restored.GetValueOrDefault(id);
            bool isRestarted = change.Restarted.Contains(id)
                || (restored is not null && before?.VersionInfo?.LastConfigChangeAt != restored.VersionInfo!.LastConfigChangeAt);
            App complete = CompleteApp.Of(app);
            ResidentRules.Check(before, complete);
            AppChangeKind kind = AppChange.Of(before, complete, isRestarted);
            if (kind != AppChangeKind.None)
            {
                kinds.Add(id, kind);
                put.Add(AppChange.WithVersion(ports.Allot(complete, before), kind, before, restored, version));
            }
        }

        RootDelta delta = found with { Apps = [.. put] };
        Group target = delta.Apply(state.Root, version);
        IReadOnlyList<DeploymentStep> steps = DeploymentPlan.Steps(GroupTree.Of(target), delta.RemovedApps, kinds, Mixed(state, put));
        return new ChangePlan
        {
            Version = version,
            Delta = delta,
            Target = target,
            Steps = [.. steps],
            AffectedApps = [.. delta.RemovedApps, .. kinds.Keys],
            Reconfigured = [.. kinds.Where(static app => app.Value != AppChangeKind.Scaling).Select(static app => app.Key)],
        };
    }

    private static void RefuseDeepIds(IEnumerable<App> apps)
    {
        if (apps.FirstOrDefault(static app => app.Id!.Count(static c => c == '/') > MostSegments) is { } deep)
        {
            string message = $"must have at most {MostSegments} segments, and '{deep.Id}' has more.";
            throw new RefusedException(Refusal.Invalid, "Object is not valid") { Findings = [new Finding(Severity.Error, "/id", message)] };
        }
    }

    private static Func<string, bool> Mixed(ClusterState state, IReadOnlyList<App> put)
    {
        // Looked for only where it matters.
        var mixed = new Lazy<HashSet<string>>(() =>
        {
            Dictionary<string, string> configs = put.ToDictionary(static app => app.Id!, static app => app.VersionInfo!.LastConfigChangeAt!);
            return [.. state.Instances.Values
                .Where(instance => configs.TryGetValue(instance.AppId, out string? config) && instance.ConfigVersion != config)
                .Select(static instance => instance.AppId)];
        });
        return id => mixed.Value.Contains(id);
    }
}
