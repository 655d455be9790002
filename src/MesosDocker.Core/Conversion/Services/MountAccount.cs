using MesosDocker.Compose;

namespace MesosDocker.Conversion;

/// <summary>The account of the keys of one mount.</summary>
internal static class MountAccount
{
    private static readonly string[] s_carried =
        ["type", "source", "target", "read_only", "bind.propagation", "bind.selinux", "volume.nocopy", "volume.subpath", "image.subpath", "tmpfs.size", "tmpfs.mode"];

    public static void Carry(ServiceCase service, ComposeMount mount, KeyPath key)
    {
        bool isText = key.Find(service.Keys.Source) is Io.SourceScalar;
        if (isText)
        {
            service.Keys.Carry(key);
        }

        foreach (string part in isText ? [] : s_carried)
        {
            service.Keys.Carry(part.Split('.').Aggregate(key, static (at, name) => at[name]));
        }

        if (!isText && mount.CreatesHostPath)
        {
            service.Keys.Carry(key["bind"]["create_host_path"]);
        }

        if (mount.Kind == ComposeMountKind.Bind && IsInside(mount.Source, service.Project.Directory))
        {
            service.Keys.Lose(
                key, $"'{mount.Source}' belongs to the project's directory on this machine, and Mesos may start the task on any.",
                "Put it on every agent under that path, into the image, or on a server from which the task fetches it (-Fetch).");
        }
    }

    /// <summary>A path that a file of the project named relative to itself, in all likelihood.</summary>
    public static bool IsInside(string? path, string directory)
    {
        string root = Path.EndsInDirectorySeparator(directory) ? directory : directory + Path.DirectorySeparatorChar;
        return path is not null && (path == directory || path.StartsWith(root, StringComparison.Ordinal));
    }
}
