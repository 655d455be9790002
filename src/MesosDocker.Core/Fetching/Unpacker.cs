using System.IO.Compression;
using MesosDocker.Io;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Fetching;

/// <summary>Unpacks a fetched archive into the sandbox. Nothing in it is trusted.</summary>
internal static class Unpacker
{
    // Its dictionary may want gigabytes; this is eight times what the highest preset of xz needs.
    private const string XzMemoryLimit = "--memlimit-decompress=512MiB";

    private const int BufferSize = 64 * 1024;

    /// <exception cref="MesosDockerException"><see cref="Fault.FetchFailed"/>: it is no such archive, or damaged;
    /// <see cref="Fault.SandboxEscape"/>; <see cref="Fault.DiskFull"/>.</exception>
    /// <exception cref="IOException">From the sandbox.</exception>
    public static void Unpack(FetchItem item, string staged, SafeFileHandle archive, FetchRun run, CancellationToken cancellationToken)
    {
        using OwnedTree tree = run.Sandbox.StageTree(staged + ".tree");
        var writer = new EntryWriter(item, tree, run, cancellationToken);
        try
        {
            switch (item.Archive)
            {
                case ArchiveKind.Zip:
                    using (Stream zip = ReadingOf(archive))
                    {
                        ZipUnpacker.Unpack(zip, writer);
                    }

                    break;

                case ArchiveKind.Gzip:
                    UnpackSingleFile(item, archive, writer);
                    break;

                case ArchiveKind.TarBzip2:
                    UnpackThrough("bzip2", item, archive, writer, run, cancellationToken);
                    break;

                case ArchiveKind.TarXz:
                    UnpackThrough("xz", item, archive, writer, run, cancellationToken);
                    break;

                default:
                    using (Stream tar = item.Archive == ArchiveKind.Tar ? ReadingOf(archive) : Gunzip(archive))
                    {
                        TarUnpacker.Unpack(tar, writer);
                    }

                    break;
            }

            writer.Finish();
        }
        catch (DamagedArchiveException e)
        {
            // A filter that was stopped leaves half an archive.
            cancellationToken.ThrowIfCancellationRequested();
            throw item.Failed($"it is no whole {ArchiveName.Describe(item.Archive)}: {e.Message}", e.InnerException);
        }
    }

    private static void UnpackSingleFile(FetchItem item, SafeFileHandle archive, EntryWriter writer)
    {
        const string Ending = ".gz";
        using Stream content = Gunzip(archive);
        string name = item.Path.Name[..^Ending.Length];
        SandboxPath path = writer.PathOf(name.Length == 0 ? item.Path.Name : name);
        writer.File(path, EntryWriter.PlainMode, DateTimeOffset.UtcNow, content, length: null);
    }

    private static void UnpackThrough(
        string program, FetchItem item, SafeFileHandle archive, EntryWriter writer, FetchRun run, CancellationToken cancellationToken)
    {
        var environment = new Dictionary<string, string>(run.Options.Environment) { ["XZ_DEFAULTS"] = XzMemoryLimit };
        var spec = new ChildSpec { Program = program, Arguments = ["-d", "-c"], Environment = environment };
        try
        {
            using FilterProgram filter = FilterProgram.Start(spec, archive);
            using (cancellationToken.UnsafeRegister(static state => ((FilterProgram)state!).Kill(), filter))
            {
                TarUnpacker.Unpack(filter, writer);
            }
        }
        catch (MesosDockerException e) when (e.Fault == Fault.ProgramMissing)
        {
            throw item.Failed(
                $"unpacking it needs the program '{program}', which this agent does not have; install it, or set 'extract' to false", e);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.ProgramFailed)
        {
            throw new DamagedArchiveException(ForeignText.Of(e.Message), e);
        }
    }

    private static GZipStream Gunzip(SafeFileHandle archive) => new(ReadingOf(archive), CompressionMode.Decompress);

    // A stream of its own for each, from the start, that leaves the file open.
    private static FileStream ReadingOf(SafeFileHandle archive)
        => new(new SafeFileHandle(archive.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, BufferSize);
}
