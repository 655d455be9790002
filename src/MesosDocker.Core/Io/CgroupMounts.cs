namespace MesosDocker.Io;

/// <summary>Where this machine's cgroup hierarchies are mounted, and which cgroups a process is in (cgroups(7)).</summary>
/// <param name="Unified">The mount of version 2, if it is there.</param>
/// <param name="Controllers">The mount of each controller of version 1.</param>
internal sealed record CgroupMounts(string? Unified, IReadOnlyDictionary<string, string> Controllers)
{
    public static CgroupMounts Read() => Parse(File.ReadLines("/proc/self/mountinfo"));

    public static CgroupMounts Parse(IEnumerable<string> mountInfo)
    {
        string? unified = null;
        var controllers = new Dictionary<string, string>();
        foreach (string line in mountInfo)
        {
            // 30 24 0:26 / /sys/fs/cgroup/memory rw,nosuid - cgroup cgroup rw,memory
            const int MountPoint = 4;
            int separator = line.IndexOf(" - ", StringComparison.Ordinal);
            if (separator < 0)
            {
                continue;
            }

            string[] mount = line[..separator].Split(' ');
            string[] system = line[(separator + 3)..].Split(' ');
            switch (system)
            {
                case ["cgroup2", ..]:
                    unified ??= mount[MountPoint];
                    break;
                case ["cgroup", _, var options, ..]:
                    foreach (string controller in options.Split(','))
                    {
                        controllers.TryAdd(controller, mount[MountPoint]);
                    }

                    break;
            }
        }

        return new CgroupMounts(unified, controllers);
    }

    /// <summary>Null if there is no such process any more.</summary>
    public CgroupPaths? PathsOf(int pid)
    {
        try
        {
            return Resolve(File.ReadLines($"/proc/{pid}/cgroup"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public CgroupPaths Resolve(IEnumerable<string> processCgroup)
    {
        var paths = new CgroupPaths();
        foreach (string line in processCgroup)
        {
            // 4:memory:/docker/3f2a...   of version 1,   0::/system.slice/docker-3f2a....scope   of version 2.
            if (line.Split(':', 3) is not [_, var names, var path])
            {
                continue;
            }

            foreach (string controller in names.Split(','))
            {
                paths = controller switch
                {
                    // A machine with version 1 has an empty version 2 beside it, which tells nothing.
                    "" when Controllers.ContainsKey("memory") => paths,
                    "" => paths with { Unified = Join(Unified, path) },
                    "cpu" => paths with { Cpu = Join(Controllers.GetValueOrDefault("cpu"), path) },
                    "cpuacct" => paths with { CpuAccounting = Join(Controllers.GetValueOrDefault("cpuacct"), path) },
                    "memory" => paths with { Memory = Join(Controllers.GetValueOrDefault("memory"), path) },
                    "pids" => paths with { Pids = Join(Controllers.GetValueOrDefault("pids"), path) },
                    _ => paths,
                };
            }
        }

        return paths;
    }

    private static string? Join(string? mount, string path) => mount is null ? null : mount + path.TrimEnd('/');
}
