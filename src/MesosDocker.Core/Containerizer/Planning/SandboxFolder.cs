namespace MesosDocker.Containerizer;

/// <summary>Which directory of the host a container sees as its sandbox.</summary>
internal static class SandboxFolder
{
    private const string DeimosFolder = "fs";

    /// <summary>
    /// Deimos mounted a folder of the sandbox, which has the task's files, and kept <c>stdout</c> and <c>stderr</c> out of the container's
    /// reach; everything else mounts the sandbox itself.
    /// </summary>
    public static string Mounted(TaskView task, ContainerSettings settings, string sandbox)
        => task.Container is null && settings.Legacy == LegacyMeaning.Deimos ? Path.Combine(sandbox, DeimosFolder) : sandbox;
}
