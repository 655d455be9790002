using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>What the search for a configuration asks of the file system.</summary>
internal abstract class ConfigurationFiles
{
    /// <summary>Whom we run as; null where files have no owners that could be asked for.</summary>
    public abstract uint? User { get; }

    /// <summary>Owner and mode, of a link itself; null if there is no such file, or it cannot be seen.</summary>
    public abstract FileOwner? OwnerOf(string path);

    public abstract bool Exists(string path);

    /// <summary>What a link points to, as it is written in it; null if it cannot be read.</summary>
    public abstract string? LinkTarget(string path);

    /// <summary>The beginning of a file, no more bytes than a limit.</summary>
    /// <exception cref="IOException"/>
    /// <exception cref="UnauthorizedAccessException"/>
    public abstract byte[] Read(string path, int limit);
}

/// <summary>The real ones.</summary>
internal sealed class MachineFiles : ConfigurationFiles
{
    public override uint? User => OperatingSystem.IsLinux() ? Libc.EffectiveUser() : null;

    public override FileOwner? OwnerOf(string path) => Posix.OwnerOf(path);

    public override bool Exists(string path) => File.Exists(path);

    public override string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public override byte[] Read(string path, int limit)
    {
        using FileStream file = File.Open(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] content = new byte[Math.Min(limit, file.Length)];
        return content[..file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false)];
    }
}
