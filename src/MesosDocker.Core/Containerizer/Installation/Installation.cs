using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>
/// The effects of installing and uninstalling. What was there before, and the manifest that says so, are on the disk before a file is
/// changed, and each file is changed in one step: whoever interrupts us, the next installation or uninstallation goes on from there.
/// <code>
///   install/manifest.json   what was changed
///   install/etc_mesos-…     what was in /etc/mesos-… before, with its owner and permissions
///   install/lock            held while something is changed
/// </code>
/// </summary>
internal sealed class Installation(TargetMachine machine)
{
    /// <summary>On the machine that is installed to.</summary>
    public const string Folder = StateSettings.DefaultRoot + "/install";

    private const UnixFileMode ReadableByAll
        = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode RunnableByAll
        = ReadableByAll | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private const int MostAttempts = 100;

    private readonly string _folder = machine.Locate(Folder);

    private string LockPath => Path.Combine(_folder, "lock");

    private string ManifestPath => Path.Combine(_folder, "manifest.json");

    public bool Exists => Directory.Exists(_folder);

    /// <summary>Waits until nobody else installs or uninstalls.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public FileLock Lock()
    {
        for (int attempt = 1; ; attempt++)
        {
            if (TryLock(isLastAttempt: attempt == MostAttempts) is { } held)
            {
                return held;
            }
        }
    }

    /// <summary>Empty if nothing is installed.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public InstallationManifest ReadManifest()
        => AtomicFile.Read(ManifestPath) is { } json ? InstallationManifest.Parse(json, ManifestPath) : new InstallationManifest();

    public byte[]? ReadSaved(string name) => machine.Read($"{Folder}/{name}");

    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public void Write(IEnumerable<PlannedFile> files)
    {
        InstallationManifest manifest = ReadManifest();
        foreach (PlannedFile file in files.Where(static file => !file.IsRight))
        {
            manifest = MakeFolderOf(file.Path, Remember(manifest, file));
            string path = machine.Locate(file.Path);
            Write(path, file.After!, Posix.OwnerOf(path) ?? FileOwner.Ours(file.IsProgram ? RunnableByAll : ReadableByAll));
        }
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public void Undo(IReadOnlyList<RemovalStep> steps)
    {
        InstallationManifest manifest = ReadManifest();
        foreach (RemovalStep step in steps.Where(static step => step.IsDone))
        {
            InstalledFile file = manifest.Find(step.File.Path)!;
            Undo(step, file);
            manifest = Save(manifest.Without(step.File.Path));
            if (file.Saved is { } saved)
            {
                Delete(Path.Combine(_folder, saved));
            }
        }

        if (manifest.Files.Count == 0)
        {
            foreach (string directory in manifest.Directories.Reverse().Select(machine.Locate))
            {
                RemoveIfEmpty(directory);
            }

            DeleteFolder();
        }
    }

    private FileLock? TryLock(bool isLastAttempt)
    {
        try
        {
            // The one above is the default state root.
            PrivateDirectory.Ensure(Path.GetDirectoryName(_folder)!);
            PrivateDirectory.Ensure(_folder);
            var held = FileLock.Acquire(LockPath, exclusive: true);

            // Whoever held it before us may have uninstalled, and removed it.
            if (Posix.OwnerOf(LockPath) is { } file && Posix.OwnerAt(held.Descriptor, "") is { } open && file.Inode == open.Inode)
            {
                return held;
            }

            held.Dispose();
        }
        catch (MesosDockerException) when (!isLastAttempt && !Directory.Exists(_folder))
        {
            // Another's uninstallation removed the folders between two of the steps above.
        }

        return null;
    }

    private InstallationManifest Remember(InstallationManifest manifest, PlannedFile file)
    {
        string print = InstalledFile.Print(file.After);
        if (manifest.Find(file.Path) is { } known && (known.IsOurs(file.Before) || IsAsSaved(known, file.Before)))
        {
            return Save(manifest.With(known with { Written = [.. known.Written.Where(written => written != print), print] }));
        }

        // New to us, or changed by somebody since: then that is what an uninstallation brings back.
        string? saved = null;
        if (file.Before is { } before)
        {
            saved = file.Path[1..].Replace('/', '_');
            Write(Path.Combine(_folder, saved), before, Posix.OwnerOf(machine.Locate(file.Path)));
        }

        return Save(manifest.With(new InstalledFile { Path = file.Path, Saved = saved, Written = [print] }));
    }

    private bool IsAsSaved(InstalledFile known, byte[]? now) => known.Saved is null
        ? now is null
        : now is not null && ReadSaved(known.Saved) is { } saved && now.AsSpan().SequenceEqual(saved);

    private InstallationManifest Save(InstallationManifest manifest)
    {
        Write(ManifestPath, manifest.ToJson(), FileOwner.Ours(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        return manifest;
    }

    private InstallationManifest MakeFolderOf(string path, InstallationManifest manifest)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (machine.HasDirectory(folder))
        {
            return manifest;
        }

        InstallationManifest above = MakeFolderOf(folder, manifest);
        InstallationManifest made = Save(above with { Directories = [.. above.Directories.Where(known => known != folder), folder] });
        string real = machine.Locate(folder);
        PrivateDirectory.TryMake(real);
        Posix.Resemble(real, FileOwner.Ours(RunnableByAll));
        return made;
    }

    private void Undo(RemovalStep step, InstalledFile file)
    {
        string path = machine.Locate(step.File.Path);
        switch (step.Action)
        {
            case InstallationAction.Restore:
                Write(path, step.File.After!, Posix.OwnerOf(Path.Combine(_folder, file.Saved!)));
                break;
            case InstallationAction.Remove:
                Delete(path);
                break;
        }

        Delete(AtomicFile.Beside(path));
    }

    /// <summary>
    /// With copies and half-written files that an interruption left, and what it is in, if that is empty. The lock goes last: from then
    /// on the folder may be another's.
    /// </summary>
    private void DeleteFolder()
    {
        foreach (string path in Directory.EnumerateFiles(_folder).Where(path => path != LockPath))
        {
            Delete(path);
        }

        Delete(LockPath);
        RemoveIfEmpty(_folder);
        RemoveIfEmpty(Path.GetDirectoryName(_folder)!);
    }

    private static void Write(string path, byte[] content, FileOwner? like) => AtomicFile.Write(path, content, like, durable: true);

    private static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(path, e);
        }
    }

    private static void RemoveIfEmpty(string path)
    {
        try
        {
            Directory.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else uses it, or has removed it.
        }
    }
}
