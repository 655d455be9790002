using System.Globalization;

namespace MesosDocker.Compose;

internal static class DeployBinding
{
    public static ComposeDeploy? Bind(CanonicalMap deploy)
    {
        if (!deploy.IsThere)
        {
            return null;
        }

        CanonicalMap placement = deploy.Map("placement");
        return new ComposeDeploy
        {
            Mode = deploy.Text("mode"),
            EndpointMode = deploy.Text("endpoint_mode"),
            Labels = deploy.Values("labels"),
            Constraints = placement.Texts("constraints"),
            Spread = [.. placement.Maps("preferences").Select(static preference => preference.Text("spread")).OfType<string>()],
            MaxReplicasPerNode = placement.Int("max_replicas_per_node"),
            Update = Update(deploy.Map("update_config")),
            Rollback = Update(deploy.Map("rollback_config")),
        };
    }

    /// <summary>What <c>deploy.restart_policy</c> says, else what <c>restart</c> does.</summary>
    public static ComposeRestart? Restart(CanonicalMap service)
    {
        CanonicalMap policy = service.Map("deploy").Map("restart_policy");
        if (policy.IsThere)
        {
            return new ComposeRestart
            {
                Policy = policy.Text("condition") switch
                {
                    "none" => "no",
                    "on-failure" => "on-failure",
                    null or "any" => "always",
                    var other => other,
                },
                MaxAttempts = policy.Int("max_attempts"),
                Delay = policy.Duration("delay"),
                Window = policy.Duration("window"),
            };
        }

        string[] parts = service.Text("restart")?.Split(':', 2) ?? [];
        return parts is not [{ Length: > 0 } name, ..] ? null : new ComposeRestart
        {
            Policy = name,
            MaxAttempts = parts is [_, var most] && int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out int attempts) && attempts > 0 ? attempts : null,
        };
    }

    public static ComposeLogging? Logging(CanonicalMap logging)
        => !logging.IsThere ? null : new ComposeLogging { Driver = logging.Text("driver"), Options = logging.Values("options") };

    private static ComposeUpdate? Update(CanonicalMap update) => !update.IsThere ? null : new ComposeUpdate
    {
        Parallelism = update.Int("parallelism"),
        Delay = update.Duration("delay"),
        FailureAction = update.Text("failure_action"),
        Monitor = update.Duration("monitor"),
        MaxFailureRatio = update.Number("max_failure_ratio"),
        Order = update.Text("order"),
    };
}
