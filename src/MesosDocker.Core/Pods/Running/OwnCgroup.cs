using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>The control groups that an agent has made for its executor; the last part of their paths is the container's id (cgroups(7)).</summary>
internal static class OwnCgroup
{
    private const string Table = "/proc/self/cgroup";
    private const string Members = "cgroup.procs";

    /// <summary>The container's id, by the sandbox, which agents lay out as <c>.../runs/ID</c>.</summary>
    public static string? ContainerOf(string sandbox)
        => Path.GetFileName(Path.GetDirectoryName(sandbox)) == "runs" ? Path.GetFileName(sandbox) : null;

    /// <summary>Where memory is accounted for; null: the agent has made none.</summary>
    public static string? Find(string sandbox)
        => ContainerOf(sandbox) is not { } id ? null : Lines()
            .Where(static line => line.Controllers.Split(',').Contains("memory"))
            .Select(line => Above(line.Path, id) is { } above ? $"{above.TrimEnd('/')}/{id}" : null)
            .FirstOrDefault(static path => path is not null);

    /// <summary>
    /// Leaves them for the groups above: an agent kills whatever is in the groups of a container that is over, and the reaper has to outlive
    /// that. Where it is not allowed to, it stays.
    /// </summary>
    public static void Leave(string sandbox)
    {
        if (ContainerOf(sandbox) is not { } id)
        {
            return;
        }

        CgroupMounts mounts = CgroupMounts.Read();
        foreach ((string controllers, string path) in Lines())
        {
            string? mount = controllers.Length == 0 ? mounts.Unified : mounts.Controllers.GetValueOrDefault(controllers.Split(',')[0]);
            if (mount is not null && Above(path, id) is { } above)
            {
                TryEnter(Path.Combine(mount + above, Members));
            }
        }
    }

    /// <summary>The part of a path before the container's; null: it is not in there.</summary>
    private static string? Above(string path, string id)
    {
        int at = path.IndexOf($"/{id}", StringComparison.Ordinal);
        return at < 0 ? null : path[..at];
    }

    private static IEnumerable<(string Controllers, string Path)> Lines()
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Table);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (string line in lines)
        {
            // 4:memory:/mesos/3f2a...   of version 1,   0::/mesos/3f2a...   of version 2.
            if (line.Split(':', 3) is [_, var controllers, var path])
            {
                yield return (controllers, path);
            }
        }
    }

    private static void TryEnter(string members)
    {
        try
        {
            File.WriteAllText(members, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is another user's.
        }
    }
}
