using MesosDocker.Io;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Fetching;

/// <summary>
/// The task's directory. It belongs to the task's user, whom we need not trust and whose other tasks may be running: everything
/// is made in a directory in it that only we may enter (<c>.fetching-…</c>), gets its owner and mode there, and is then renamed
/// into its place.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    private const string StagingPrefix = ".fetching-";

    private readonly OwnedTree _tree;
    private readonly SandboxOwner? _owner;
    private readonly string _stagingName;

    private Sandbox(DirectoryHandle root, FetchTarget target)
    {
        _owner = target.Owner;
        _tree = new OwnedTree(root, target.Owner);
        if (!target.IsShared)
        {
            DeleteLeftovers();
        }

        _stagingName = $"{StagingPrefix}{Guid.NewGuid():n}";
        Staging = root.MakeDirectory(_stagingName);
    }

    /// <summary>Where things are made.</summary>
    public DirectoryHandle Staging { get; }

    /// <summary>The sandbox itself.</summary>
    public DirectoryHandle Root => _tree.Root;

    /// <exception cref="MesosDockerException"><see cref="Fault.FetchFailed"/>, <see cref="Fault.DiskFull"/>.</exception>
    public static Sandbox Open(FetchTarget target)
    {
        DirectoryHandle? root = null;
        try
        {
            root = DirectoryHandle.Open(target.Directory);
            var sandbox = new Sandbox(root, target);
            root = null;
            return sandbox;
        }
        catch (IOException e)
        {
            throw AtomicFile.IsDiskFull(e)
                ? new MesosDockerException(Fault.DiskFull, $"Nothing can be fetched: the disk of '{target.Directory}' is full.", e)
                : new MesosDockerException(
                    Fault.FetchFailed, $"Nothing can be fetched to the sandbox '{target.Directory}': {e.Message}.", e);
        }
        finally
        {
            root?.Dispose();
        }
    }

    /// <summary>
    /// Gives a staged file its owner and mode, and moves it to its place. What was there, be it a link, is replaced.
    /// </summary>
    /// <exception cref="IOException">Also <see cref="SandboxLinkException"/>.</exception>
    public void Place(string staged, SafeFileHandle file, UnixFileMode mode, SandboxPath path)
    {
        _tree.Own(file);
        DirectoryHandle.SetMode(file, mode);
        using DirectoryHandle directory = _tree.OpenDirectory(path.Directory, make: true);
        Staging.Rename(staged, directory, path.Name);
    }

    /// <summary>An empty tree, where an archive is unpacked before any of it is in the sandbox.</summary>
    /// <exception cref="IOException"/>
    public OwnedTree StageTree(string name) => new(Staging.MakeDirectory(name), _owner);

    /// <summary>Moves what is in a staged tree to the same paths of the sandbox, whose directories stay what they are.</summary>
    /// <exception cref="IOException">Also <see cref="SandboxLinkException"/>.</exception>
    public void PlaceAll(OwnedTree staged) => Move(staged.Root, _tree.Root);

    /// <summary>A directory of the sandbox that is there.</summary>
    /// <exception cref="IOException">Also <see cref="SandboxLinkException"/>.</exception>
    public DirectoryHandle OpenDirectory(SandboxPath path) => _tree.OpenDirectory(path.Parts, make: false);

    public void Dispose()
    {
        Staging.Dispose();
        DeleteTree(_stagingName);
        _tree.Dispose();
    }

    private static void Move(DirectoryHandle from, DirectoryHandle to)
    {
        foreach (string name in from.Names())
        {
            FileOwner? there = to.Look(name);
            if (there is null || from.Look(name) is not { IsDirectory: true })
            {
                from.Rename(name, to, name);
                continue;
            }

            if (there.Value.IsLink)
            {
                throw new SandboxLinkException(name);
            }

            using DirectoryHandle source = from.OpenDirectory(name);
            using DirectoryHandle target = to.OpenDirectory(name);
            Move(source, target);
        }
    }

    // Of a fetch that was killed. What somebody else made under such a name is left alone.
    private void DeleteLeftovers()
    {
        foreach (string name in Root.Names())
        {
            if (name.StartsWith(StagingPrefix, StringComparison.Ordinal)
                && Root.Look(name) is { IsDirectory: true } found && found.User == Libc.EffectiveUser())
            {
                DeleteTree(name);
            }
        }
    }

    private void DeleteTree(string name)
    {
        try
        {
            Root.DeleteTree(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next fetch here tries again; the agent deletes it with the sandbox.
        }
    }
}
