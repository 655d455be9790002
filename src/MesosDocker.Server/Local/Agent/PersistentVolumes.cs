using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>
/// Disk that outlives a task: directories of the work directory, one for each instance and path. The next task of the same instance finds
/// it again, as Marathon's resident tasks do.
/// </summary>
/// <param name="root">Absolute.</param>
internal sealed class PersistentVolumes(string root)
{
    public bool Has(string path) => path.StartsWith(root + "/", StringComparison.Ordinal);

    public string PathOf(string taskId, string containerPath)
    {
        string name = string.Concat(
            containerPath.Trim('/').Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
        return Path.Combine(root, TaskId.InstanceOf(taskId), $"v-{name}");
    }

    /// <summary>Instances that have volumes.</summary>
    public string[] Owners() => Directory.Exists(root) ? [.. Directory.EnumerateDirectories(root).Select(static path => Path.GetFileName(path))] : [];

    /// <summary>Those of one instance; tasks may have put there what they like.</summary>
    /// <exception cref="IOException"></exception>
    public void Remove(string instanceId)
    {
        if (Directory.Exists(Path.Combine(root, instanceId)))
        {
            using DirectoryHandle volumes = DirectoryHandle.Open(root);
            volumes.DeleteTree(instanceId);
        }
    }
}
