namespace MesosDocker.Docker;

/// <summary>New limits in the words of one version of the API.</summary>
internal static class UpdateBody
{
    private static readonly ApiVersion s_nanoCpus = new(1, 28);
    private static readonly ApiVersion s_pids = new(1, 40);

    public static (ResourceUpdate Fitted, IReadOnlyList<string> Warnings) For(ApiVersion version, ResourceUpdate update)
    {
        var warnings = new List<string>();
        if (update.NanoCpus is { } cpus && version < s_nanoCpus)
        {
            update = update with { NanoCpus = null, CpuPeriod = CpuQuotas.Period, CpuQuota = CpuQuotas.Of(cpus) };
        }

        if (update.PidsLimit is not null && version < s_pids)
        {
            update = update with { PidsLimit = null };
            warnings.Add($"PidsLimit is not changed: the engine speaks API {version}, and that came with {s_pids}.");
        }

        return (update, warnings);
    }
}

/// <summary>Billionths of a CPU as engines before <c>NanoCpus</c> want them.</summary>
internal static class CpuQuotas
{
    /// <summary>Microseconds.</summary>
    public const long Period = 100_000;

    private const long NanoCpusPerCpu = 1_000_000_000;

    /// <summary>Microseconds of each <see cref="Period"/>.</summary>
    public static long Of(long nanoCpus) => nanoCpus / (NanoCpusPerCpu / Period);
}
