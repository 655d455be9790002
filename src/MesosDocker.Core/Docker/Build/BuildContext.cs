using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>
/// What an image is built from: a directory without what its <c>.dockerignore</c> leaves out, and a Dockerfile, which may lie elsewhere.
/// </summary>
public sealed class BuildContext
{
    private const string DefaultDockerfile = "Dockerfile";
    private const string IgnoreFile = ".dockerignore";
    private const long LongestText = 1024 * 1024;

    private readonly IgnorePatterns _ignored;
    private readonly string? _ignoreText;

    private BuildContext(string directory, string dockerfile, string dockerfileText, bool isOutside, IgnorePatterns ignored, string? ignoreText)
    {
        Directory = directory;
        Dockerfile = dockerfile;
        DockerfileText = dockerfileText;
        IsDockerfileOutside = isOutside;
        _ignored = ignored;
        _ignoreText = ignoreText;
    }

    public string Directory { get; }

    /// <summary>Its name in the archive that the engine gets.</summary>
    public string Dockerfile { get; }

    public string DockerfileText { get; }

    internal bool IsDockerfileOutside { get; }

    /// <summary>
    /// With a Dockerfile from elsewhere: the rules that the engine gets, so that <c>COPY .</c> does not copy what came in addition. Null: the
    /// directory's own file goes as it is.
    /// </summary>
    internal string? IgnoreTextToSend => IsDockerfileOutside
        ? $"{_ignoreText}\n{Dockerfile}\n{(_ignoreText is null ? IgnoreFile : "")}\n"
        : null;

    /// <param name="dockerfile">A path; null: <c>Dockerfile</c> in the directory.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>: there is no such directory or Dockerfile, or the rules
    /// of what is left out are none.</exception>
    public static BuildContext Open(string directory, string? dockerfile)
    {
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (!System.IO.Directory.Exists(root))
        {
            throw new MesosDockerException(Fault.FileUnreadable, $"There is no directory '{root}' to build from.");
        }

        string file = dockerfile is null ? Path.Combine(root, DefaultDockerfile) : Path.GetFullPath(dockerfile, root);
        string text = ReadText(file) ?? throw new MesosDockerException(
            Fault.FileUnreadable, $"There is no Dockerfile '{file}'. Name one that is there (-Dockerfile), or the directory that it lies in.");
        string name = Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/');
        bool isOutside = Path.IsPathRooted(name) || name.StartsWith("../", StringComparison.Ordinal);

        // As BuildKit has it: a Dockerfile's own rules come before those of the directory.
        string rules = file + IgnoreFile;
        string? ignoreText = ReadText(rules) ?? ReadText(rules = Path.Combine(root, IgnoreFile));
        return new BuildContext(
            root,
            isOutside ? $".dockerfile.{Guid.NewGuid():n}" : name,
            text,
            isOutside,
            ignoreText is null ? IgnorePatterns.None : IgnorePatterns.Parse(ignoreText, rules),
            ignoreText);
    }

    /// <summary>Everything that goes to the engine, directories before what is in them, in an order that is always the same.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>: a directory may not be read.</exception>
    internal IEnumerable<ContextEntry> Entries() => Below(new DirectoryInfo(Directory), "", parent: null);

    private IEnumerable<ContextEntry> Below(DirectoryInfo directory, string prefix, PendingDirectory? parent)
    {
        foreach (FileSystemInfo item in Children(directory))
        {
            var entry = new ContextEntry(prefix + item.Name, item);
            bool goes = !_ignored.Excludes(entry.Name) || IsNeededByEngine(entry.Name);
            PendingDirectory? pending = entry.IsDirectory ? new PendingDirectory(entry, parent) : null;
            if (goes)
            {
                foreach (ContextEntry above in parent?.Take() ?? [])
                {
                    yield return above;
                }

                if (pending is null || pending.TakeOwn())
                {
                    yield return entry;
                }
            }

            if (pending is not null && (goes || _ignored.HasExceptions || IsAboveDockerfile(entry.Name)))
            {
                foreach (ContextEntry below in Below((DirectoryInfo)item, entry.Name + "/", pending))
                {
                    yield return below;
                }
            }
        }
    }

    // Left out or not: the engine reads them, and takes them away itself where the rules say so.
    private bool IsNeededByEngine(string name) => name == Dockerfile || name == IgnoreFile;

    private bool IsAboveDockerfile(string directory) => Dockerfile.StartsWith(directory + "/", StringComparison.Ordinal);

    private static FileSystemInfo[] Children(DirectoryInfo directory)
    {
        try
        {
            FileSystemInfo[] children = directory.GetFileSystemInfos();
            Array.Sort(children, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return children;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(directory.FullName, e);
        }
    }

    private static string? ReadText(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return !file.Exists ? null
                : file.Length <= LongestText ? File.ReadAllText(path, Encoding.UTF8)
                : throw new MesosDockerException(Fault.FileUnreadable, $"'{path}' has more than {LongestText} bytes; that is no such file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    internal static MesosDockerException Unreadable(string path, Exception cause) => new(
        Fault.FileUnreadable, $"'{path}' cannot be read, and so not be sent to the engine: {cause.Message} Leave it out with {IgnoreFile}, or allow it.", cause);

    /// <summary>A directory that is left out itself goes along as soon as something in it does.</summary>
    private sealed class PendingDirectory(ContextEntry entry, PendingDirectory? parent)
    {
        private bool _taken;

        public bool TakeOwn() => !_taken && (_taken = true);

        public IEnumerable<ContextEntry> Take() => _taken ? [] : [.. parent?.Take() ?? [], .. TakeOwn() ? [entry] : (ContextEntry[])[]];
    }
}

/// <summary>One thing in a context.</summary>
/// <param name="Name">From the root, with slashes.</param>
internal readonly record struct ContextEntry(string Name, FileSystemInfo Info)
{
    /// <summary>Kept as a link, wherever it leads.</summary>
    public string? LinkTarget => Info.LinkTarget;

    public bool IsDirectory => Info is DirectoryInfo && LinkTarget is null;

    /// <summary>Neither file, directory nor link: sockets and the like, of which no image can be made.</summary>
    public bool IsSpecial => OperatingSystem.IsLinux() && Posix.OwnerOf(Info.FullName) is { IsRegular: false, IsDirectory: false, IsLink: false };
}
