using System.Globalization;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>What processes use, summed (proc_pid_stat(5)): as an agent's own containerizer tells it without control groups.</summary>
internal static class ProcessUsage
{
    // Counted from the state, which is field 3.
    private const int UserTime = 11;
    private const int SystemTime = 12;
    private const int ResidentPages = 21;
    private const double TicksPerSecond = 100;

    public static ResourceStatistics Of(IReadOnlyList<ProcessIdentity> processes)
    {
        (long user, long system, long pages) = (0, 0, 0);
        foreach (ProcessIdentity process in processes)
        {
            if (ProcessIdentity.ReadStat(process.Pid.ToString(CultureInfo.InvariantCulture)) is { } fields)
            {
                user += long.Parse(fields[UserTime], CultureInfo.InvariantCulture);
                system += long.Parse(fields[SystemTime], CultureInfo.InvariantCulture);
                pages += long.Parse(fields[ResidentPages], CultureInfo.InvariantCulture);
            }
        }

        long memory = pages * Environment.SystemPageSize;
        return new ResourceStatistics
        {
            Timestamp = DateTimeOffset.UtcNow,
            Processes = processes.Count,
            CpusUserTimeSeconds = user / TicksPerSecond,
            CpusSystemTimeSeconds = system / TicksPerSecond,
            MemoryTotalBytes = memory,
            MemoryRssBytes = memory,
        };
    }
}
