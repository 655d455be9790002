using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>Makes the directories of a task before it is launched.</summary>
internal static class Sandboxes
{
    private const string Latest = "latest";

    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public static async Task MakeAsync(
        Launch launch, PersistentVolumes volumes, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        string sandbox = launch.Directory!;
        (uint User, uint Group)? owner = launch.User is { } user && user != Environment.UserName
            ? await HostUsers.FindAsync(user, environment, cancellationToken)
            : null;
        try
        {
            Make(sandbox, owner);
            string latest = Path.Combine(Path.GetDirectoryName(sandbox)!, Latest);
            if (!Path.Exists(latest))
            {
                File.CreateSymbolicLink(latest, Path.GetFileName(sandbox));
            }

            IEnumerable<string> persistent = (launch.Executor?.Container?.Volumes ?? [])
                .Select(static volume => volume.HostPath)
                .OfType<string>()
                .Where(volumes.Has);
            foreach (string volume in persistent)
            {
                Make(volume, owner);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(sandbox, e);
        }
    }

    private static void Make(string directory, (uint User, uint Group)? owner)
    {
        Directory.CreateDirectory(directory);
        if (owner is { } user)
        {
            _ = Libc.ChangeOwner(directory, user.User, user.Group);
        }
    }
}
