namespace MesosDocker.Local;

/// <summary>What holds where an app does not say it (Marathon's API types).</summary>
internal static class AppDefaults
{
    public const double Cpus = 1;

    /// <summary>MB.</summary>
    public const double Memory = 128;

    public const int HealthGraceSeconds = 300;
    public const int HealthIntervalSeconds = 60;
    public const int HealthTimeoutSeconds = 20;
    public const int HealthDelaySeconds = 15;
    public const int HealthFailures = 3;
}
