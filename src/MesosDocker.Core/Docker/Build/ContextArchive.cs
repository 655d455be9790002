using System.Formats.Tar;
using System.Text;

namespace MesosDocker.Docker;

/// <summary>Writes a context as the tar archive that the engine wants: owned by root, with modes and links as they are.</summary>
internal static class ContextArchive
{
    private const int BufferSize = 64 * 1024;

    // What the docker client sends from where there are no permissions.
    private const UnixFileMode Everything = (UnixFileMode)0b111_101_101;
    private const UnixFileMode ReadableFile = (UnixFileMode)0b110_100_100;

    /// <param name="sent">Told how many bytes of files have gone so far.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/></exception>
    public static async Task WriteAsync(BuildContext context, Stream destination, Action<long> sent, CancellationToken cancellationToken)
    {
        var buffered = new BufferedStream(destination, BufferSize);

        // Not disposed when something fails: that would end the archive properly, and the engine would build half of it.
        var tar = new TarWriter(buffered, TarEntryFormat.Pax, leaveOpen: true);
        long bytes = 0;
        foreach (ContextEntry entry in context.Entries())
        {
            if (!entry.IsSpecial && !(entry.Name == ".dockerignore" && context.IgnoreTextToSend is not null))
            {
                bytes += await WriteAsync(tar, entry, cancellationToken).ConfigureAwait(false);
                sent(bytes);
            }
        }

        if (context.IgnoreTextToSend is { } rules)
        {
            await WriteAsync(tar, ".dockerignore", rules, cancellationToken).ConfigureAwait(false);
            await WriteAsync(tar, context.Dockerfile, context.DockerfileText, cancellationToken).ConfigureAwait(false);
        }

        await tar.DisposeAsync().ConfigureAwait(false);
        await buffered.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<long> WriteAsync(TarWriter tar, ContextEntry entry, CancellationToken cancellationToken)
    {
        if (entry.LinkTarget is { } target)
        {
            await tar.WriteEntryAsync(
                new PaxTarEntry(TarEntryType.SymbolicLink, entry.Name) { LinkName = target.Replace('\\', OperatingSystem.IsWindows() ? '/' : '\\') },
                cancellationToken).ConfigureAwait(false);
            return 0;
        }

        if (entry.IsDirectory)
        {
            await tar.WriteEntryAsync(Described(new PaxTarEntry(TarEntryType.Directory, entry.Name + "/"), entry), cancellationToken).ConfigureAwait(false);
            return 0;
        }

        try
        {
            using var content = new FixedLengthFile(entry.Info.FullName);
            PaxTarEntry file = Described(new PaxTarEntry(TarEntryType.RegularFile, entry.Name) { DataStream = content }, entry);
            await tar.WriteEntryAsync(file, cancellationToken).ConfigureAwait(false);
            return content.Length;
        }
        catch (FileReadException e)
        {
            throw BuildContext.Unreadable(entry.Info.FullName, e.InnerException!);
        }
    }

    private static PaxTarEntry Described(PaxTarEntry made, ContextEntry entry)
    {
        made.ModificationTime = entry.Info.LastWriteTimeUtc;
        made.Mode = OperatingSystem.IsWindows() ? Everything : entry.Info.UnixFileMode;
        return made;
    }

    private static async Task WriteAsync(TarWriter tar, string name, string text, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var entry = new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = ReadableFile };
        await tar.WriteEntryAsync(entry, cancellationToken).ConfigureAwait(false);
    }
}
