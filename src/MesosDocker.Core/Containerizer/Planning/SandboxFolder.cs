using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>Which directory of the host a container sees as its sandbox.</summary>
internal static class SandboxFolder
{
    private const string DeimosFolder = "fs";
    private const int Permissions = 0x1ff;

    /// <summary>
    /// Deimos mounted a folder of the sandbox, which has the task's files, and kept <c>stdout</c> and <c>stderr</c> out of the container's
    /// reach; everything else mounts the sandbox itself.
    /// </summary>
    public static string Mounted(TaskView task, ContainerSettings settings, string sandbox)
        => task.Container is null && settings.Legacy == LegacyMeaning.Deimos ? Path.Combine(sandbox, DeimosFolder) : sandbox;

    /// <summary>
    /// Makes the folder, with the owner and the permissions of the sandbox. One that is there must be a directory of the sandbox: behind a
    /// link the container would be given any directory of the host.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.SandboxEscape"/>, <see cref="Fault.StateUnusable"/>,
    /// <see cref="Fault.DiskFull"/>.</exception>
    public static void Make(string sandbox, FileOwner owner)
    {
        try
        {
            using DirectoryHandle above = DirectoryHandle.Open(sandbox);
            FileOwner? there = above.Look(DeimosFolder);
            if (there is { IsDirectory: false })
            {
                throw new MesosDockerException(
                    Fault.SandboxEscape, $"'{DeimosFolder}' in the sandbox '{sandbox}' is no directory, and is not given to the container as one.");
            }

            if (there is null)
            {
                using DirectoryHandle made = above.MakeDirectory(DeimosFolder);
                made.SetOwner(owner.User, owner.Group);
                made.SetMode((UnixFileMode)(owner.Mode & Permissions));
            }
        }
        catch (IOException e)
        {
            throw AtomicFile.Failure(Path.Combine(sandbox, DeimosFolder), e);
        }
    }
}
