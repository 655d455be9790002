using MesosDocker.Io;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Fetching;

/// <summary>
/// A directory and what is below it, all of one owner. Every path is walked from directory to directory, and a link on the way
/// ends the walk. Failures are of type <see cref="IOException"/>, links <see cref="SandboxLinkException"/>.
/// </summary>
internal sealed class OwnedTree(DirectoryHandle root, SandboxOwner? owner) : IDisposable
{
    // Until it is given another by whoever has a reason.
    private const UnixFileMode DirectoryMode = (UnixFileMode)0b111_101_101;

    public DirectoryHandle Root => root;

    /// <param name="make">What is missing on the way is made.</param>
    public DirectoryHandle OpenDirectory(ReadOnlySpan<string> parts, bool make)
    {
        DirectoryHandle here = root.OpenDirectory(".");
        foreach (string part in parts)
        {
            using DirectoryHandle above = here;
            here = OpenOrMake(above, part, make);
        }

        return here;
    }

    /// <summary>An empty file, its owner set. What had the name, be it a link, is gone, and not what it pointed to.</summary>
    public SafeFileHandle CreateFile(SandboxPath path)
    {
        using DirectoryHandle directory = OpenToReplace(path);
        SafeFileHandle file = directory.CreateFile(path.Name);
        Own(file);
        return file;
    }

    public void CreateSymbolicLink(SandboxPath path, string target, DateTimeOffset modified)
    {
        using DirectoryHandle directory = OpenToReplace(path);
        directory.MakeSymbolicLink(path.Name, target);
        if (owner is not null)
        {
            directory.SetOwner(path.Name, owner.User, owner.Group);
        }

        directory.SetModified(path.Name, modified);
    }

    public void CreateHardLink(SandboxPath path, SandboxPath existing)
    {
        using DirectoryHandle from = OpenDirectory(existing.Directory, make: false);
        using DirectoryHandle to = OpenToReplace(path);
        from.MakeHardLink(existing.Name, to, path.Name);
    }

    public void Own(SafeFileHandle file)
    {
        if (owner is not null)
        {
            DirectoryHandle.SetOwner(file, owner.User, owner.Group);
        }
    }

    public void Dispose() => root.Dispose();

    private DirectoryHandle OpenToReplace(SandboxPath path)
    {
        DirectoryHandle directory = OpenDirectory(path.Directory, make: true);
        if (directory.Look(path.Name) is { IsDirectory: false })
        {
            directory.Delete(path.Name);
        }

        return directory;
    }

    private DirectoryHandle OpenOrMake(DirectoryHandle above, string name, bool make)
    {
        try
        {
            return above.OpenDirectory(name);
        }
        catch (IOException) when (above.Look(name) is { IsLink: true })
        {
            throw new SandboxLinkException(name);
        }
        catch (IOException e) when (make && e.HResult == Libc.NoSuchFile)
        {
            return Make(above, name);
        }
    }

    // Should somebody put another directory in its place meanwhile, that one is his already.
    private DirectoryHandle Make(DirectoryHandle above, string name)
    {
        DirectoryHandle made = above.MakeDirectory(name);
        if (owner is not null)
        {
            made.SetOwner(owner.User, owner.Group);
        }

        made.SetMode(DirectoryMode);
        return made;
    }
}

/// <summary>A directory on the way to a file is a link, which we do not follow.</summary>
internal sealed class SandboxLinkException(string name) : IOException($"'{name}' is a link");
