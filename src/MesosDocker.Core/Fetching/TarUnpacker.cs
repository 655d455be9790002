using System.Formats.Tar;
using MesosDocker.Io;

namespace MesosDocker.Fetching;

/// <summary>Reads a tar archive of any of its formats, and hands its entries on.</summary>
internal static class TarUnpacker
{
    // Padding after the end of the archive is read on, for the compressed stream's own check sum is behind it.
    private const int MostPadding = 1024 * 1024;
    private const string SparseAttribute = "GNU.sparse.";

    public static void Unpack(Stream archive, EntryWriter writer)
    {
        using var guarded = new HeaderGuard(archive);
        using var reader = new TarReader(guarded, leaveOpen: true);
        while (DamagedArchiveException.Reading(() => reader.GetNextEntry()) is { } entry)
        {
            Unpack(entry, writer);
        }

        DamagedArchiveException.Reading(() => Drain(guarded));
    }

    private static void Unpack(TarEntry entry, EntryWriter writer)
    {
        if (entry.EntryType == TarEntryType.GlobalExtendedAttributes)
        {
            return;
        }

        SandboxPath path = writer.PathOf(entry.Name);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory or TarEntryType.DirectoryList:
            // How the oldest format tells a directory.
            case TarEntryType.V7RegularFile when entry.Name.EndsWith('/'):
                writer.Directory(path, entry.Mode, entry.ModificationTime);
                break;

            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile when !IsSparse(entry):
                writer.File(path, entry.Mode, entry.ModificationTime, entry.DataStream ?? Stream.Null, entry.Length);
                break;

            case TarEntryType.SymbolicLink:
                writer.SymbolicLink(path, entry.LinkName, entry.ModificationTime);
                break;

            case TarEntryType.HardLink:
                writer.HardLink(path, entry.LinkName);
                break;

            case TarEntryType.CharacterDevice or TarEntryType.BlockDevice:
                throw writer.Escapes(entry.Name, "is a device");

            default:
                throw writer.Unwanted(entry.Name, Describe(entry));
        }
    }

    private static bool IsSparse(TarEntry entry)
        => entry is PaxTarEntry pax
            && pax.ExtendedAttributes.Keys.Any(static key => key.StartsWith(SparseAttribute, StringComparison.Ordinal));

    private static string Describe(TarEntry entry) => entry.EntryType switch
    {
        TarEntryType.Fifo => "a named pipe",
        TarEntryType.SparseFile => "a sparse file",
        _ when IsSparse(entry) => "a sparse file",
        var type => $"an entry of type {type}",
    };

    private static int Drain(Stream rest)
    {
        byte[] buffer = new byte[4096];
        int drained = 0;
        while (drained < MostPadding && rest.Read(buffer) is > 0 and int read)
        {
            drained += read;
        }

        return drained;
    }

    /// <summary>
    /// The framework's reader takes a header's extension (a long name, attributes) into memory in one piece, of whatever size the
    /// archive says up to 2 GB. File contents pass in small pieces. So a large read is a lie, and refused.
    /// </summary>
    private sealed class HeaderGuard(Stream archive) : ReadOnlyStream
    {
        private const int MostAtOnce = 1024 * 1024;

        public override int Read(Span<byte> buffer) => buffer.Length <= MostAtOnce
            ? archive.Read(buffer)
            : throw new DamagedArchiveException($"it announces a header of {buffer.Length} bytes");
    }
}
