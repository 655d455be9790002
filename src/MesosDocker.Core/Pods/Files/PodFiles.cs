using System.Formats.Tar;
using System.IO.Compression;
using MesosDocker.Fetching;

namespace MesosDocker.Pods;

/// <summary>
/// Files of a pod inside one label of its task: a tar archive, compressed by gzip, in base64, as <c>tar -cz FILES | base64 -w 0</c> makes
/// it. It is for small projects without a server that could hold their files: whoever lists tasks is sent every label of each.
/// </summary>
public static class PodFiles
{
    /// <summary>In the label.</summary>
    public const int MaxPacked = 48 * 1024;

    /// <summary>All of them, unpacked.</summary>
    public const int MaxUnpacked = 1024 * 1024;

    public const int MaxFiles = 100;

    internal const string Setting = "files";

    /// <summary>The label's name.</summary>
    public static string Label => PodLabels.SettingPrefix + Setting;

    /// <returns>The label's value; the same files make the same one.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: they are too many or too large, or one has a name that no
    /// sandbox can have.</exception>
    public static string Pack(IReadOnlyList<PackedFile> files)
    {
        const UnixFileMode PlainMode = (UnixFileMode)0b110_100_100;
        Check(files);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
        {
            foreach (PackedFile file in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, file.Name)
                {
                    DataStream = new MemoryStream(file.Content.ToArray()),
                    Mode = PlainMode,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                });
            }
        }

        string text = Convert.ToBase64String(packed.GetBuffer(), 0, (int)packed.Length);
        return text.Length <= MaxPacked ? text : throw Invalid(
            $"The pod's files have {text.Length} bytes when they are packed, and a label may have {MaxPacked}: give them by URIs");
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static IReadOnlyList<PackedFile> Unpack(string packed)
    {
        if (packed.Length > MaxPacked)
        {
            throw Invalid($"The label '{Label}' has {packed.Length} characters, and may have {MaxPacked}: give the files by URIs");
        }

        try
        {
            byte[] bytes = Convert.FromBase64String(packed);
            using var tar = new TarReader(new MemoryStream(Expand(bytes)));
            var files = new List<PackedFile>();
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                {
                    files.Add(new PackedFile(entry.Name, ReadAll(entry.DataStream)));
                }
                else if (entry.EntryType is not (TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes))
                {
                    throw Invalid($"'{entry.Name}' in the label '{Label}' is neither a file nor a directory");
                }
            }

            Check(files);
            return files;
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or EndOfStreamException or IOException)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"The label '{Label}' does not hold files: it must be what 'tar -cz FILES | base64 -w 0' prints.", e);
        }
    }

    private static byte[] Expand(byte[] compressed)
    {
        // Headers of small files take more than they hold.
        const int MaxArchive = MaxUnpacked + (MaxFiles * 4096);
        using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var archive = new MemoryStream();
        byte[] part = new byte[16 * 1024];
        while (gzip.Read(part) is > 0 and int read)
        {
            archive.Write(part, 0, read);
            if (archive.Length > MaxArchive)
            {
                throw TooLarge();
            }
        }

        return archive.ToArray();
    }

    private static byte[] ReadAll(Stream? content)
    {
        using var all = new MemoryStream();
        content?.CopyTo(all);
        return all.ToArray();
    }

    private static void Check(IReadOnlyList<PackedFile> files)
    {
        if (files.Count is 0 or > MaxFiles)
        {
            throw Invalid($"A pod has 1 to {MaxFiles} files in its label, and this one {files.Count}");
        }

        long size = 0;
        foreach (PackedFile file in files)
        {
            size += file.Content.Length;
            if (SandboxPath.Parse(file.Name) is not { IsRoot: false })
            {
                throw Invalid($"'{ForeignText.Of(file.Name)}' is no name of a file in a sandbox: it must be a relative path without '..'");
            }
        }

        if (size > MaxUnpacked)
        {
            throw TooLarge();
        }
    }

    private static MesosDockerException TooLarge()
        => Invalid($"The files in the label '{Label}' have more than {MaxUnpacked / 1024} kB: give them by URIs");

    private static MesosDockerException Invalid(string what) => new(Fault.DefinitionInvalid, what + ".");
}
