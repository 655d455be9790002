using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>What this machine has for tasks, by the rules of agents (src/slave/containerizer/containerizer.cpp of Mesos): something is
/// left for the system.</summary>
internal static class MachineFacts
{
    private const decimal Kilobyte = 1024;
    private const decimal Megabyte = Kilobyte * Kilobyte;

    // In MB.
    private const decimal SystemMemory = 1024;
    private const decimal SystemDisk = 5 * 1024;
    private const decimal TinyMemory = 2 * SystemMemory;
    private const decimal TinyDisk = 2 * SystemDisk;

    public static AgentFacts Of(AgentOptions options, string agentId) => new()
    {
        AgentId = agentId,
        Hostname = options.Hostname ?? Hostname(),
        Resources = new Resources
        {
            Cpus = options.Cpus ?? Environment.ProcessorCount,
            Memory = options.Memory ?? Leave(MemoryIn(File.ReadLines("/proc/meminfo")), TinyMemory, SystemMemory),
            Disk = options.Disk ?? Leave(new DriveInfo(options.WorkDirectory).TotalSize / Megabyte, TinyDisk, SystemDisk),
            Gpus = options.Gpus,
            Ports = options.Ports,
        },
        Attributes = options.Attributes,
        Region = options.Region,
        Zone = options.Zone,
    };

    /// <summary>All but the system's part, but half of what is tiny. Whole MB.</summary>
    public static decimal Leave(decimal total, decimal tiny, decimal system) => Math.Floor(total >= tiny ? total - system : total / 2);

    /// <summary>MB of RAM by <c>/proc/meminfo</c>; 0 if it does not say.</summary>
    public static decimal MemoryIn(IEnumerable<string> lines)
    {
        // MemTotal:       16309236 kB
        foreach (string line in lines)
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["MemTotal:", var kilobytes, ..]
                && long.TryParse(kilobytes, CultureInfo.InvariantCulture, out long count))
            {
                return count / Kilobyte;
            }
        }

        return 0;
    }

    /// <summary>A name by which the ports of tasks can be reached from here.</summary>
    private static string Hostname()
    {
        const string Fallback = "localhost";
        string name = Dns.GetHostName();
        try
        {
            return Dns.GetHostAddresses(name).Length > 0 ? name : Fallback;
        }
        catch (SocketException)
        {
            return Fallback;
        }
    }
}
