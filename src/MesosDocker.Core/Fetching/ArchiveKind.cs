namespace MesosDocker.Fetching;

internal enum ArchiveKind
{
    None,
    Tar,
    TarGzip,
    TarBzip2,
    TarXz,
    Zip,

    /// <summary>One compressed file.</summary>
    Gzip,
}

/// <summary>What a file's name says it is; nobody looks inside, neither Mesos nor Deimos did.</summary>
internal static class ArchiveName
{
    private static readonly (string Ending, ArchiveKind Kind)[] s_endings =
    [
        (".tar", ArchiveKind.Tar),
        (".tgz", ArchiveKind.TarGzip),
        (".tar.gz", ArchiveKind.TarGzip),
        (".tbz2", ArchiveKind.TarBzip2),
        (".tar.bz2", ArchiveKind.TarBzip2),
        (".txz", ArchiveKind.TarXz),
        (".tar.xz", ArchiveKind.TarXz),
        (".zip", ArchiveKind.Zip),
        (".gz", ArchiveKind.Gzip),
    ];

    public static ArchiveKind KindOf(string name)
        => s_endings.FirstOrDefault(known => name.EndsWith(known.Ending, StringComparison.OrdinalIgnoreCase)).Kind;

    /// <summary>For messages.</summary>
    public static string Describe(ArchiveKind kind) => kind switch
    {
        ArchiveKind.Tar => "tar archive",
        ArchiveKind.TarGzip => "tar archive compressed by gzip",
        ArchiveKind.TarBzip2 => "tar archive compressed by bzip2",
        ArchiveKind.TarXz => "tar archive compressed by xz",
        ArchiveKind.Zip => "zip archive",
        ArchiveKind.Gzip => "file compressed by gzip",
        _ => "file",
    };
}
