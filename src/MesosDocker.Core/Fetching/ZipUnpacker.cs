using System.IO.Compression;
using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Fetching;

/// <summary>Reads a zip archive, and hands its entries on.</summary>
internal static class ZipUnpacker
{
    // The list of the entries is held in memory, and takes six times its length there. This is enough for a hundred thousand.
    private const long MostListBytes = 16L * 1024 * 1024;
    private const int LongestTarget = 4096;

    // The upper half of the attributes is the mode that Unix wrote; zero if another system made the archive.
    private const int ModeShift = 16;
    private const int TypeMask = 0xf000;
    private const int TypeRegular = 0x8000;
    private const int TypeDirectory = 0x4000;
    private const int TypeLink = 0xa000;
    private const int TypeCharacterDevice = 0x2000;
    private const int TypeBlockDevice = 0x6000;

    public static void Unpack(Stream file, EntryWriter writer)
    {
        using var guarded = new ListGuard(file);
        using ZipArchive archive = DamagedArchiveException.Reading(() => new ZipArchive(guarded, ZipArchiveMode.Read, leaveOpen: true));
        IReadOnlyList<ZipArchiveEntry> entries = DamagedArchiveException.Reading(() => archive.Entries);
        guarded.ListIsRead = true;
        foreach (ZipArchiveEntry entry in entries)
        {
            Unpack(entry, writer);
        }
    }

    private static void Unpack(ZipArchiveEntry entry, EntryWriter writer)
    {
        int unix = (entry.ExternalAttributes >> ModeShift) & 0xffff;
        string name = NameOf(entry, madeOnUnix: unix != 0);
        SandboxPath path = writer.PathOf(name);
        if (entry.IsEncrypted)
        {
            throw writer.Unwanted(name, "encrypted");
        }

        switch (unix & TypeMask)
        {
            case TypeDirectory:
            case 0 or TypeRegular when name.EndsWith('/'):
                writer.Directory(path, unix == 0 ? EntryWriter.DirectoryMode : (UnixFileMode)unix, entry.LastWriteTime);
                break;

            case 0 or TypeRegular:
                using (Stream content = Open(entry))
                {
                    writer.File(path, unix == 0 ? EntryWriter.PlainMode : (UnixFileMode)unix, entry.LastWriteTime, content, entry.Length);
                }

                break;

            case TypeLink:
                writer.SymbolicLink(path, TargetOf(entry), entry.LastWriteTime);
                break;

            case TypeCharacterDevice or TypeBlockDevice:
                throw writer.Escapes(name, "is a device");

            default:
                throw writer.Unwanted(name, "something else");
        }
    }

    // Some programs of Windows write its own separators, against the format's rules.
    private static string NameOf(ZipArchiveEntry entry, bool madeOnUnix)
        => madeOnUnix || entry.FullName.Contains('/') ? entry.FullName : entry.FullName.Replace('\\', '/');

    private static Stream Open(ZipArchiveEntry entry)
        => new CheckedStream(DamagedArchiveException.Reading(entry.Open), entry.Length, entry.Crc32);

    private static string TargetOf(ZipArchiveEntry entry)
    {
        using Stream content = Open(entry);
        byte[] target = new byte[LongestTarget];
        int length = DamagedArchiveException.Reading(() => content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false));
        return Encoding.UTF8.GetString(target, 0, length);
    }

    /// <summary>The framework's reader checks neither.</summary>
    private sealed class CheckedStream(Stream content, long length, uint checksum) : ReadOnlyStream
    {
        private readonly Crc32 _crc = new();
        private long _read;

        public override int Read(Span<byte> buffer)
        {
            int read = content.Read(buffer);
            _crc.Add(buffer[..read]);
            _read += read;
            return read == 0 && buffer.Length > 0 && (_read != length || _crc.Value != checksum)
                ? throw new InvalidDataException("Length or check sum is wrong.")
                : read;
        }

        protected override void Dispose(bool disposing)
        {
            content.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class ListGuard(Stream file) : ReadOnlyStream
    {
        private long _read;

        public bool ListIsRead { get; set; }

        public override bool CanSeek => true;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => file.Position = value;
        }

        public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

        public override int Read(Span<byte> buffer)
        {
            int read = file.Read(buffer);
            _read += read;
            return ListIsRead || _read <= MostListBytes
                ? read
                : throw new DamagedArchiveException($"its list of entries has more than {MostListBytes} bytes");
        }
    }
}
