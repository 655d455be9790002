using System.Text;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// All containers' directories under one root.
/// <code>
///   version       the format of what is here
///   mesos/ID/     a container (see <see cref="ContainerDirectory"/>)
///   active/ID     the work directory of the agent that has not yet been told of ID's end
/// </code>
/// </summary>
internal sealed class StateStore
{
    public const int Format = 1;

    // Between the making of a directory's name and the taking of its locks.
    private static readonly TimeSpan s_making = TimeSpan.FromMinutes(1);

    private readonly string _containers;
    private readonly string _active;

    private StateStore(string root)
    {
        Root = root;
        _containers = Path.Combine(root, "mesos");
        _active = Path.Combine(root, "active");
    }

    public string Root { get; }

    /// <summary>For reading: nothing is made.</summary>
    public static StateStore At(string root) => new(Path.GetFullPath(root));

    /// <summary>For writing: the root is made, and must be ours alone.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>: it cannot be made or written, belongs to somebody else,
    /// others may write in it, or a later version of this program made it.</exception>
    public static StateStore Open(string root)
    {
        StateStore store = At(root);
        PrivateDirectory.Ensure(store.Root);
        store.CheckOwner();
        PrivateDirectory.Ensure(store._containers);
        PrivateDirectory.Ensure(store._active);
        store.CheckVersion();
        return store;
    }

    /// <summary>
    /// Makes the directory of a container that must not be known yet. It is made aside and renamed into its place with its locks held, so
    /// that nobody, however we end, meets half a directory or one that seems to have lost its supervisor.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerKnown"/>, <see cref="Fault.StateUnusable"/>,
    /// <see cref="Fault.DiskFull"/>.</exception>
    public NewContainer Create(ContainerId id, ReadOnlySpan<byte> request, LaunchContext context)
    {
        ContainerDirectory directory = DirectoryOf(id);
        RefuseKnown(directory);
        var aside = new ContainerDirectory(Path.Combine(_containers, $".{Guid.NewGuid():N}.new"), id);
        FileLock? supervisor = null;
        FileLock? running = null;
        bool made = false;
        try
        {
            aside.Initialise(request, context);
            supervisor = FileLock.Acquire(aside.SupervisorLock, exclusive: true);
            running = FileLock.Acquire(aside.RunningLock, exclusive: true);

            // First, so that what is there is also listed; what is listed and not there, an agent waits for and destroys in vain.
            AtomicFile.Write(Path.Combine(_active, id.Value), Encoding.UTF8.GetBytes(context.WorkDirectory));
            Directory.Move(aside.Path, directory.Path);
            made = true;
            return new NewContainer(directory, supervisor, running);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            RefuseKnown(directory);
            throw AtomicFile.Failure(directory.Path, e);
        }
        finally
        {
            if (!made)
            {
                supervisor?.Dispose();
                running?.Dispose();
                TryDelete(aside.Path);
            }
        }
    }

    /// <summary>Why no container can be launched here just now; null: one can.</summary>
    public static MesosDockerException? Probe(string root)
    {
        var context = new LaunchContext
        {
            Format = Format,
            Created = DateTimeOffset.UtcNow,
            Environment = new Dictionary<string, string>(),
            WorkDirectory = "",
            Sandbox = "",
        };
        string path = "";
        try
        {
            path = Path.Combine(Open(root)._containers, $".{Guid.NewGuid():N}.new");
            new ContainerDirectory(path, default).Initialise([0], context);
            return null;
        }
        catch (MesosDockerException e) when (e.Fault is Fault.StateUnusable or Fault.DiskFull)
        {
            return e;
        }
        finally
        {
            if (path.Length > 0)
            {
                TryDelete(path);
            }
        }
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerUnknown"/></exception>
    public ContainerDirectory Find(ContainerId id) => TryFind(id)
        ?? throw new MesosDockerException(Fault.ContainerUnknown, $"There is no container '{id}' in '{Root}'.");

    public ContainerDirectory? TryFind(ContainerId id)
    {
        ContainerDirectory directory = DirectoryOf(id);
        return Directory.Exists(directory.Path) ? directory : null;
    }

    public IEnumerable<ContainerDirectory> All()
        => NamesIn(_containers).Select(DirectoryOf);

    /// <summary>The containers whose end an agent has not been told of.</summary>
    /// <param name="workDirectory">The agent's; null: any agent's.</param>
    public IEnumerable<ContainerId> Active(string? workDirectory)
        => NamesIn(_active).Where(id => workDirectory is null || WorkDirectoryOf(id) == workDirectory);

    /// <summary>Whether an agent has still to be told of its end; nobody has where no agent launched it.</summary>
    public bool IsUntold(ContainerId id) => WorkDirectoryOf(id) is { Length: > 0 };

    /// <summary>The agent knows; it need not be listed any more.</summary>
    public void Deactivate(ContainerId id)
    {
        try
        {
            File.Delete(Path.Combine(_active, id.Value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Listed once more, an agent only waits and destroys once more.
        }
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public void Remove(ContainerDirectory directory)
    {
        // Renamed first, so that nobody meets half a directory. No id starts with a dot.
        string doomed = Path.Combine(_containers, $".{directory.Id}.removed");
        try
        {
            if (Directory.Exists(doomed))
            {
                Directory.Delete(doomed, recursive: true);
            }

            Directory.Move(directory.Path, doomed);
            Directory.Delete(doomed, recursive: true);
            Deactivate(directory.Id);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else removed it meanwhile.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(directory.Path, e);
        }
    }

    /// <summary>Removes what launches and removals that were killed in the middle have left: directories by no container's name.</summary>
    public void RemoveHalves(DateTimeOffset now)
    {
        foreach (string path in HiddenIn(_containers))
        {
            // One that is just being made holds its lock, or has only just been begun.
            var half = new ContainerDirectory(path, default);
            if (!half.HasSupervisor && now - half.LastChange > s_making)
            {
                TryDelete(path);
            }
        }
    }

    private static void RefuseKnown(ContainerDirectory directory)
    {
        if (Directory.Exists(directory.Path))
        {
            throw new MesosDockerException(
                Fault.ContainerKnown,
                $"The container '{directory.Id}' was launched before; this second launch is refused and the first goes on.");
        }
    }

    private static void TryDelete(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not there, or left for the next sweep.
        }
    }

    private static IEnumerable<string> HiddenIn(string directory)
        => Directory.Exists(directory) ? Directory.EnumerateDirectories(directory, ".*") : [];

    private static IEnumerable<ContainerId> NamesIn(string directory)
    {
        if (!Directory.Exists(directory))
        {
            yield break;
        }

        foreach (string entry in Directory.EnumerateFileSystemEntries(directory))
        {
            if (ContainerId.TryParse(Path.GetFileName(entry), out ContainerId id))
            {
                yield return id;
            }
        }
    }

    private string? WorkDirectoryOf(ContainerId id)
    {
        try
        {
            return File.ReadAllText(Path.Combine(_active, id.Value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone since it was listed, or none of our files.
            return null;
        }
    }

    private ContainerDirectory DirectoryOf(ContainerId id) => new(Path.Combine(_containers, id.Value), id);

    private void CheckOwner()
    {
        if (Posix.OwnerOf(Root, follow: true) is not { } owner)
        {
            throw new MesosDockerException(Fault.StateUnusable, $"The state root '{Root}' cannot be looked at.");
        }

        // A link, too: in a directory like /tmp anybody can make one, to a directory that is ours.
        if (owner.User != Libc.EffectiveUser() || owner.WritableByOthers || Posix.OwnerOf(Root)?.User != owner.User)
        {
            throw new MesosDockerException(
                Fault.StateUnusable,
                $"The state root '{Root}' is refused: it must belong to the user of this program and be writable by nobody else.");
        }
    }

    private void CheckVersion()
    {
        string path = Path.Combine(Root, "version");
        byte[]? content = AtomicFile.Read(path);
        if (content is null)
        {
            AtomicFile.Write(path, Encoding.ASCII.GetBytes($"{Format}\n"));
        }
        else if (!int.TryParse(Encoding.ASCII.GetString(content), out int version) || version > Format)
        {
            throw new MesosDockerException(
                Fault.StateUnusable, $"The state root '{Root}' was made by a later version of this program; use that one.");
        }
    }
}
