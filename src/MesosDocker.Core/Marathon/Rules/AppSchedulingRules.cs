namespace MesosDocker.Marathon;

/// <summary>Where, how many and what happens when they change.</summary>
internal static class AppSchedulingRules
{
    private const string SingleInstance = "MARATHON_SINGLE_INSTANCE_APP";
    private const double DefaultCpus = 1;
    private const double DefaultMem = 128;

    public static void Check(AppCase app)
    {
        CheckConstraints(app);
        RoleRules.Check(app);
        CheckResources(app);
        CheckUpgrade(app);
        CheckUnreachable(app);
        CheckMigration(app);
    }

    private static void CheckConstraints(AppCase app)
    {
        for (int i = 0; i < (app.Said.Constraints?.Count ?? 0); i++)
        {
            // Those of a wrong length have been told by their shape.
            IReadOnlyList<string> constraint = app.Said.Constraints![i];
            if (constraint.Count is 2 or 3 && Constraints.Judge(constraint) is { } wrong)
            {
                app.Found.Error(app.At["constraints"][i], wrong);
            }
        }
    }

    private static void CheckResources(AppCase app)
    {
        app.Found.ErrorIf(app.Said.Gpus > 0 && app.IsDocker, app.At, "gpus are for the Mesos containerizer only.");
        app.NeedsFeature(app.Said.Gpus > 0, Features.Gpus, app.At);
        LimitRules.Check(app.Said.ResourceLimits, app.Said.Cpus ?? DefaultCpus, app.Said.Mem ?? DefaultMem, app.At["resourceLimits"], app.Found);
    }

    private static void CheckUpgrade(AppCase app)
    {
        bool isSingle = app.Said.Labels?.GetValueOrDefault(SingleInstance) == "true";
        UpgradeStrategy? upgrade = app.Said.UpgradeStrategy;
        Place at = app.At["upgradeStrategy"];

        app.Found.ErrorIf(isSingle && app.Said.Instances > 1, app.At, $"instances must be at most 1 with the label {SingleInstance}.");
        app.Found.ErrorIf(
            isSingle && upgrade?.MinimumHealthCapacity > 0,
            at["minimumHealthCapacity"],
            $"must be 0 with the label {SingleInstance}: the old task ends before the new one starts.");
        app.Found.ErrorIf(
            isSingle && (upgrade?.MaximumOverCapacity > 0 || upgrade is null),
            at["maximumOverCapacity"],
            $"must be 0 with the label {SingleInstance}: there may be no second task.");
        app.Found.ErrorIf(
            app.IsResident && upgrade?.MaximumOverCapacity > 0,
            at["maximumOverCapacity"],
            "must be 0 with persistent volumes, which a task beyond the wanted ones would not have.");
    }

    private static void CheckUnreachable(AppCase app)
    {
        UnreachableRules.Check(app.Said.UnreachableStrategy, app.At["unreachableStrategy"], app.Found);
        app.Found.ErrorIf(
            app.IsResident && app.Said.UnreachableStrategy is { IsDisabled: false },
            app.At,
            "unreachableStrategy must be \"disabled\" with persistent volumes, which stay on their agent.");
    }

    // A contract of DC/OS between packages and their migration.
    private static void CheckMigration(AppCase app)
    {
        string Label(string name) => app.Said.Labels?.GetValueOrDefault(name) ?? "";
        string version = Label("DCOS_MIGRATION_API_VERSION");
        bool isWhole = version == "v1" && Label("DCOS_PACKAGE_FRAMEWORK_NAME").Length > 0 && Label("DCOS_MIGRATION_API_PATH").Length > 0;
        app.Found.ErrorIf(
            version.Length > 0 && !isWhole,
            app.At,
            "labels with DCOS_MIGRATION_API_VERSION, which must be v1, must have DCOS_PACKAGE_FRAMEWORK_NAME and DCOS_MIGRATION_API_PATH, too.");
    }
}
