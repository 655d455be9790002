namespace MesosDocker.Containerizer;

/// <summary>
/// The file system that is installed to: this machine's, or that of an image or a chroot below a directory. Links are followed as they
/// will be when it runs, so that an absolute one inside an image does not lead to the machine that builds it.
/// </summary>
/// <param name="root">Null: this machine's.</param>
internal sealed class TargetMachine(string? root)
{
    private const int MaxLinks = 40;

    private readonly string _root = Path.GetFullPath(root ?? "/");

    /// <summary>It is the machine that we run on: programs of it can be started.</summary>
    public bool IsThisOne { get; } = root is null;

    /// <summary>Where a path of the target is for us.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>: links lead in a circle.</exception>
    public string Locate(string path)
    {
        string at = "/";
        Stack<string> rest = Parts(path, new Stack<string>());
        for (int links = 0; rest.TryPop(out string? name);)
        {
            if (name == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            string next = Path.Combine(at, name);
            if (new FileInfo(Outside(next)).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                throw new MesosDockerException(Fault.FileUnreadable, $"'{path}' cannot be found: its links lead in a circle.");
            }

            at = target.StartsWith('/') ? "/" : at;
            rest = Parts(target, rest);
        }

        return Outside(at);
    }

    public bool HasFile(string path) => File.Exists(Locate(path));

    public bool HasDirectory(string path) => Directory.Exists(Locate(path));

    /// <summary>What a link points to, as it is written in it; null if it is none.</summary>
    public string? LinkTarget(string path) => new FileInfo(Outside(path)).LinkTarget;

    /// <summary>Null if there is no such file.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/></exception>
    public byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(Locate(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MesosDockerException(Fault.FileUnreadable, $"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private static Stack<string> Parts(string path, Stack<string> rest)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            if (parts[i] != ".")
            {
                rest.Push(parts[i]);
            }
        }

        return rest;
    }

    private string Outside(string path) => Path.Join(_root, path.AsSpan(1));
}
