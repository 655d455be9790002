namespace MesosDocker.Docker;

/// <summary>The <c>--health-…</c> options and <c>--no-healthcheck</c>, which share one record of the engine's.</summary>
internal static class HealthOptions
{
    private const string Disabled = "NONE";
    private const string Shell = "CMD-SHELL";

    /// <summary>An edit that says something takes a health check up again which was switched off.</summary>
    public static DockerRun Edit(DockerRun run, Func<HealthcheckSpec, HealthcheckSpec> edit)
    {
        HealthcheckSpec health = edit(IsDisabled(run) ? new HealthcheckSpec() : run.Container.Healthcheck ?? new HealthcheckSpec());
        return IsDisabled(run) && !Says(health) ? run : Set(run, health == new HealthcheckSpec() ? null : health);
    }

    /// <summary>True if it differs from saying nothing: to the engine, zeros do not.</summary>
    public static bool Says(HealthcheckSpec health) => health.Test is not null || health is not
    {
        Interval: 0 or null,
        Timeout: 0 or null,
        StartPeriod: 0 or null,
        StartInterval: 0 or null,
        Retries: 0 or null,
    };

    public static DockerRun SetCommand(DockerRun run, string line)
        => Edit(run, h => h with { Test = line.Length == 0 ? null : [Shell, line] });

    public static string? Command(DockerRun run) => run.Container.Healthcheck?.Test is [Shell, var line] ? line : null;

    public static DockerRun Disable(DockerRun run, bool disable)
        => disable ? Set(run, new HealthcheckSpec { Test = [Disabled] })
            : IsDisabled(run) ? Set(run, null)
            : run;

    public static bool IsDisabled(DockerRun run) => run.Container.Healthcheck?.Test is [Disabled];

    private static DockerRun Set(DockerRun run, HealthcheckSpec? health) => run.With(run.Container with { Healthcheck = health });
}
