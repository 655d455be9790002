using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>The words of Marathon for what a step does with an app.</summary>
internal static class DeploymentActions
{
    /// <summary>Nothing by itself: the app is there, with no instances.</summary>
    public const string Start = "StartApplication";
    public const string Scale = "ScaleApplication";
    public const string Restart = "RestartApplication";
    public const string Stop = "StopApplication";
}

/// <summary>The way from one root group to another, in steps of things that go on at the same time.</summary>
internal static class DeploymentPlan
{
    /// <param name="target">With what it becomes.</param>
    /// <param name="kinds">Of each app in the target that changes.</param>
    /// <param name="isMixed">Whether an app has tasks that are not what it is now, left by a deployment that was broken off.</param>
    public static IReadOnlyList<DeploymentStep> Steps(
        GroupTree target, IEnumerable<string> removed, IReadOnlyDictionary<string, AppChangeKind> kinds, Func<string, bool> isMixed)
    {
        var levels = new DependencyLevels(target);
        IEnumerable<DeploymentStep> byLevel = kinds
            .OrderBy(static app => app.Key, StringComparer.Ordinal)
            .GroupBy(app => levels.Of(app.Key))
            .OrderBy(static level => level.Key)
            .Select(level => Step(level.Select(app => (Action(app.Value, target.App(app.Key)!, isMixed(app.Key)), app.Key))));

        IEnumerable<string> added = kinds.Where(static app => app.Value == AppChangeKind.New).Select(static app => app.Key);
        DeploymentStep[] steps =
        [
            Step(removed.Order(StringComparer.Ordinal).Select(static id => (DeploymentActions.Stop, id))),
            Step(added.Order(StringComparer.Ordinal).Select(static id => (DeploymentActions.Start, id))),
            .. byLevel,
        ];
        return [.. steps.Where(static step => step.Actions!.Count > 0)];
    }

    // Marathon would only scale an app that is mixed, and leave it so; bringing everything to what is wanted includes scaling.
    private static string Action(AppChangeKind kind, App app, bool isMixed)
        => app.Instances == 0 || kind == AppChangeKind.New || (kind == AppChangeKind.Scaling && !isMixed)
            ? DeploymentActions.Scale
            : DeploymentActions.Restart;

    private static DeploymentStep Step(IEnumerable<(string Action, string App)> actions)
        => new() { Actions = [.. actions.Select(static action => new DeploymentAction { Action = action.Action, App = action.App })] };
}
