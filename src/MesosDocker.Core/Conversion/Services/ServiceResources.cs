using System.Globalization;
using MesosDocker.Compose;

namespace MesosDocker.Conversion;

/// <summary>What one container of a service needs. Docker and Mesos both kill what uses more memory than it was given, so that is the limit.</summary>
internal sealed record ServiceResources
{
    // The least that Mesos counts in.
    private const decimal LeastCpus = 0.001m;

    private const string NoWindows = "Only Windows knows it, and agents run Linux.";

    public required double Cpus { get; init; }

    /// <summary>A hard limit, beside the share that is given; null: none.</summary>
    public decimal? CpusLimit { get; init; }

    /// <summary>In MB.</summary>
    public required double Memory { get; init; }

    /// <summary>In MB; null: nothing is said.</summary>
    public double? Disk { get; init; }

    public static ServiceResources Of(ServiceCase service)
    {
        PodService measured = service.Measured;
        service.Keys.Carry("cpus", "mem_limit", "deploy.resources.limits.cpus", "deploy.resources.limits.memory", "deploy.resources.reservations.cpus");
        if (measured.CpusFrom == "shares")
        {
            service.Keys.Carry("cpu_shares");
        }
        else
        {
            service.Keys.LoseSaid("cpu_shares", "Mesos weighs tasks by the CPUs that they ask for, and the reservation says how many.", null);
        }

        service.Keys.LoseSaid("cpu_count", NoWindows, "Say cpus.");
        service.Keys.LoseSaid("cpu_percent", NoWindows, "Say cpus.");
        return new ServiceResources
        {
            Cpus = (double)Math.Max(LeastCpus, measured.Cpus),
            CpusLimit = service.Service.Resources.CpusLimit,
            Memory = (double)(measured.MemoryLimit ?? measured.Memory),
            Disk = measured.Disk > 0 ? (double)measured.Disk : null,
        };
    }

    /// <summary>The limit as an option of docker run.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters()
        => CpusLimit is { } limit ? [new("cpus", limit.ToString(CultureInfo.InvariantCulture))] : [];
}
