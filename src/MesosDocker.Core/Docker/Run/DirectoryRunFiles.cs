using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>Real files, relative to a directory, and a real environment.</summary>
/// <param name="directory">Where relative paths begin, as the docker client's working directory.</param>
/// <param name="variable">The client's environment: the value of a name, or null.</param>
public sealed class DirectoryRunFiles(string directory, Func<string, string?> variable) : IRunFiles
{
    /// <summary>More than any file of variables, labels or system calls has.</summary>
    public const int LargestFile = 1024 * 1024;

    private readonly string _directory = Path.GetFullPath(directory);

    /// <summary>With this process's own environment.</summary>
    public DirectoryRunFiles(string directory)
        : this(directory, Environment.GetEnvironmentVariable)
    {
    }

    public byte[] Read(string path)
    {
        string full = Resolve(path);
        try
        {
            // Opening a pipe waits for its other end, and a device may never end.
            if (OperatingSystem.IsLinux() && Posix.OwnerOf(full, follow: true) is { IsRegular: false })
            {
                throw Unreadable(full, "it is not a regular file");
            }

            const FileShare Anything = FileShare.ReadWrite | FileShare.Delete;
            using var file = new FileStream(full, FileMode.Open, FileAccess.Read, Anything, bufferSize: 0);
            byte[] content = new byte[Math.Min(file.Length, LargestFile + 1)];
            int length = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return length > LargestFile
                ? throw Unreadable(full, $"it has more than {LargestFile} bytes")
                : content.AsSpan(0, length).ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MesosDockerException(Fault.FileUnreadable, $"'{OptionValue.Shown(full)}' cannot be read: {Reason(e)}.", e);
        }
    }

    public string? Variable(string name) => variable(name);

    public string FullPath(string path) => Path.TrimEndingDirectorySeparator(Resolve(path));

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "access is denied",
        _ => $"the system reports error {e.HResult}",
    };

    private static MesosDockerException Unreadable(string path, string reason)
        => new(Fault.FileUnreadable, $"'{OptionValue.Shown(path)}' cannot be read: {reason}.");

    private string Resolve(string path)
    {
        try
        {
            return Path.GetFullPath(path, _directory);
        }
        catch (ArgumentException e)
        {
            throw new MesosDockerException(Fault.FileUnreadable, $"'{OptionValue.Shown(path)}' is not a path.", e);
        }
    }
}
