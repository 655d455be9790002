namespace MesosDocker.Local;

/// <summary>
/// Disk that outlives a task: directories of the work directory, one for each instance and path. The next task of the same instance finds
/// it again, as Marathon's resident tasks do.
/// </summary>
/// <param name="root">Absolute.</param>
internal sealed class PersistentVolumes(string root)
{
    private const string TaskPart = "._app";

    public bool Has(string path) => path.StartsWith(root + "/", StringComparison.Ordinal);

    public string PathOf(string taskId, string containerPath)
    {
        string instance = taskId.Split(TaskPart, 2)[0];
        string name = string.Concat(
            containerPath.Trim('/').Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
        return Path.Combine(root, instance, $"v-{name}");
    }
}
