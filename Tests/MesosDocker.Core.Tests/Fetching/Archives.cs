using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace MesosDocker.Core.Tests.Fetching;

/// <summary>Archives as tests want them, honest and not.</summary>
internal static class Archives
{
    public static readonly DateTimeOffset Then = new(2014, 6, 9, 12, 30, 10, TimeSpan.Zero);

    public static byte[] Tar(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (TarEntry entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    public static PaxTarEntry File(string name, string content, int mode = 0b110_100_100)
        => new(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
            Mode = (UnixFileMode)mode,
            ModificationTime = Then,
        };

    public static PaxTarEntry Folder(string name, int mode = 0b111_101_101)
        => new(TarEntryType.Directory, name) { Mode = (UnixFileMode)mode, ModificationTime = Then };

    public static PaxTarEntry Link(string name, string target, TarEntryType type = TarEntryType.SymbolicLink)
        => new(type, name) { LinkName = target, ModificationTime = Then };

    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }

    public static byte[] Zip(params (string Name, string Content, int Mode)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string content, int mode) in entries)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name);
                entry.ExternalAttributes = mode << 16;
                entry.LastWriteTime = Then;
                using Stream stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return bytes.ToArray();
    }
}
