using MesosDocker.Io;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Fetching;

/// <summary>
/// Writes what an archive holds, entry by entry, into a tree that nobody else sees, and all of it into the sandbox at the end. A
/// name or a link that leads out is refused; special permission bits are dropped; the owner is the sandbox's, whatever the
/// archive says.
/// </summary>
internal sealed class EntryWriter(FetchItem item, OwnedTree tree, FetchRun run, CancellationToken cancellationToken)
{
    public const UnixFileMode PlainMode = (UnixFileMode)0b110_100_100;
    public const UnixFileMode DirectoryMode = (UnixFileMode)0b111_101_101;

    // Every entry costs an inode, however small; a file system may have few.
    private const int MostEntries = 1_000_000;
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;
    private const int BufferSize = 64 * 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly ProgressMeter _meter = run.MeterOf(item);
    private readonly List<(SandboxPath Path, UnixFileMode Mode, DateTimeOffset Modified)> _directories = [];
    private int _entries;
    private long _written;

    /// <exception cref="MesosDockerException"><see cref="Fault.SandboxEscape"/></exception>
    public SandboxPath PathOf(string name) => SandboxPath.Parse(name) ?? throw Escapes(name, "leads out of the sandbox");

    /// <summary>Its mode and time are set at the end, so that it may be written to until then.</summary>
    public void Directory(SandboxPath path, UnixFileMode mode, DateTimeOffset modified)
    {
        // "./" is the sandbox, which is not the archive's to change.
        if (path.IsRoot)
        {
            return;
        }

        Write(path, () => tree.OpenDirectory(path.Parts, make: true).Dispose());
        _directories.Add((path, mode & Permissions, modified));
    }

    /// <param name="length">As the archive says; null where it does not.</param>
    public void File(SandboxPath path, UnixFileMode mode, DateTimeOffset modified, Stream content, long? length)
    {
        RequireName(path);
        if (length is { } announced)
        {
            run.Disk.Announce(item, announced);
        }

        Write(path, () =>
        {
            using SafeFileHandle file = tree.CreateFile(path);
            Copy(content, file);
            DirectoryHandle.SetMode(file, mode & Permissions);
            DirectoryHandle.SetModified(file, modified);
        });
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.SandboxEscape"/></exception>
    public void SymbolicLink(SandboxPath path, string target, DateTimeOffset modified)
    {
        RequireName(path);
        if (!path.MayPointTo(target))
        {
            throw Escapes($"{path}", $"is a link to '{ForeignText.Of(target)}', out of the sandbox");
        }

        Write(path, () => tree.CreateSymbolicLink(path, target, modified));
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.SandboxEscape"/></exception>
    public void HardLink(SandboxPath path, string target)
    {
        RequireName(path);
        SandboxPath existing = SandboxPath.Parse(target)
            ?? throw Escapes($"{path}", $"is a link to '{ForeignText.Of(target)}', out of the sandbox");
        RequireName(existing);
        if ($"{existing}" != $"{path}")
        {
            Write(path, () => tree.CreateHardLink(path, existing));
        }
    }

    /// <summary>An entry that no sandbox can have.</summary>
    public MesosDockerException Unwanted(string name, string what)
        => item.Failed($"'{ForeignText.Of(name)}' in it is {what}; only files, directories and links are unpacked");

    /// <summary>
    /// Moves everything into the sandbox, and gives the directories their modes and times, the inner ones first.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.SandboxEscape"/></exception>
    /// <exception cref="IOException">From the sandbox.</exception>
    public void Finish()
    {
        try
        {
            run.Sandbox.PlaceAll(tree);
        }
        catch (SandboxLinkException e)
        {
            throw item.Escapes($"is not unpacked: {e.Message} in the sandbox, where the archive has a directory");
        }

        foreach ((SandboxPath path, UnixFileMode mode, DateTimeOffset modified)
            in _directories.OrderByDescending(static entry => entry.Path.Parts.Length))
        {
            Write(path, () =>
            {
                using DirectoryHandle directory = run.Sandbox.OpenDirectory(path);
                directory.SetMode(mode);
                directory.SetModified(modified);
            });
        }

        _meter.Tell(FetchPhase.Unpacking, _written, null);
    }

    public MesosDockerException Escapes(string name, string how)
        => item.Escapes($"is not unpacked: its entry '{ForeignText.Of(name)}' {how}");

    private void Write(SandboxPath path, Action write)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++_entries > MostEntries)
        {
            throw item.Failed($"it holds more than {MostEntries} entries");
        }

        try
        {
            write();
        }
        catch (SandboxLinkException e)
        {
            throw Escapes($"{path}", $"would be written through a link, which may lead out of the sandbox ({e.Message})");
        }
        catch (IOException e) when (!DiskBudget.IsDiskFull(e))
        {
            throw item.Failed($"'{ForeignText.Of($"{path}")}' in it cannot be unpacked: {e.Message}", e);
        }
    }

    private void Copy(Stream content, SafeFileHandle to)
    {
        long offset = 0;
        while (DamagedArchiveException.Reading(() => content.Read(_buffer)) is > 0 and int read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            run.Disk.Take(item, read);
            RandomAccess.Write(to, _buffer.AsSpan(0, read), offset);
            offset += read;
            _written += read;
            _meter.Tell(FetchPhase.Unpacking, _written, null);
        }
    }

    private void RequireName(SandboxPath path)
    {
        if (path.IsRoot)
        {
            throw item.Failed("an entry in it has no name");
        }
    }
}
