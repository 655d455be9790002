using MesosDocker.Fetching;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// The directories of the sandbox that a task's volumes name (a relative host path). The engine would make what is missing as root, or
/// not at all; here it belongs to whom the sandbox belongs to.
/// </summary>
internal static class VolumeFolders
{
    /// <exception cref="MesosDockerException"><see cref="Fault.SandboxEscape"/>, <see cref="Fault.FetchFailed"/>.</exception>
    public static void Make(IReadOnlyList<Volume> volumes, string sandbox)
    {
        foreach (string path in volumes.Where(TaskVolumes.IsInSandbox).Select(static volume => volume.HostPath!))
        {
            SandboxPath inside = SandboxPath.Parse(path) is { IsRoot: false } found
                ? found
                : throw new MesosDockerException(Fault.SandboxEscape, $"The volume '{path}' is not a directory below the sandbox.");
            try
            {
                Make(sandbox, inside);
            }
            catch (SandboxLinkException)
            {
                // What a fetched archive links to is there, or the engine says that it is not.
            }
            catch (IOException e)
            {
                throw new MesosDockerException(Fault.FetchFailed, $"The volume '{path}' cannot be made in the sandbox: {e.Message}.", e);
            }
        }
    }

    private static void Make(string sandbox, SandboxPath path)
    {
        SandboxOwner? owner = Posix.OwnerOf(sandbox) is { } found ? new SandboxOwner(found.User, found.Group, null) : null;
        using var tree = new OwnedTree(DirectoryHandle.Open(sandbox), owner);
        using DirectoryHandle above = tree.OpenDirectory(path.Directory, make: true);

        // It may be a file that was fetched.
        if (above.Look(path.Name) is null)
        {
            tree.OpenDirectory(path.Parts, make: true).Dispose();
        }
    }
}
