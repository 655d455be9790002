using System.Globalization;
using System.Text;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>
/// The server's own directory, held by one process at a time:
/// <code>
///   lock         flock
///   pid          the process id of who holds it
///   token        mode 0600
///   server.json  where the server is, while it is there
///   cluster/     what the scheduler remembers
///   agent/       the agent's work directory
/// </code>
/// </summary>
internal sealed class WorkDirectory : IDisposable
{
    // The last one is what Start-MesosDockerLocal keeps of the server's words.
    private static readonly string[] s_names = ["lock", "pid", "token", "server.json", "cluster", "agent", "server.log"];

    private readonly FileLock _lock;

    private WorkDirectory(string root, FileLock held)
    {
        Root = root;
        _lock = held;
    }

    public string Root { get; }

    public string Token => Path.Combine(Root, "token");

    public string Cluster => Path.Combine(Root, "cluster");

    public string Agent => Path.Combine(Root, "agent");

    private string Server => Path.Combine(Root, "server.json");

    private string Lock => Path.Combine(Root, "lock");

    /// <exception cref="MesosDockerException"><see cref="Fault.DirectoryInUse"/>, <see cref="Fault.StateUnusable"/>,
    /// <see cref="Fault.DiskFull"/>; <see cref="Fault.UsageInvalid"/>: it is full of something else.</exception>
    public static WorkDirectory Take(string root)
    {
        PrivateDirectory.Ensure(root);
        if (!File.Exists(PidIn(root)) && Directory.EnumerateFileSystemEntries(root).Any(static entry => !s_names.Contains(Path.GetFileName(entry))))
        {
            throw new MesosDockerException(
                Fault.UsageInvalid, $"'{root}' is not the work directory of an embedded cluster, and not empty; name another directory.");
        }

        string path = Path.Combine(root, "lock");
        FileLock held = PatientLock.TryTake(path)
            ?? throw new MesosDockerException(
                Fault.DirectoryInUse, $"The work directory '{root}' is in use by {Holder(root)}; stop it, or name another directory.");
        try
        {
            AtomicFile.Write(PidIn(root), Encoding.UTF8.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        }
        catch (MesosDockerException)
        {
            held.Dispose();
            throw;
        }

        return new WorkDirectory(root, held);
    }

    /// <summary>So that clients find the server. Only root may read it, as it may read the token.</summary>
    public void Tell(ServerFile server) => AtomicFile.Write(Server, JsonSerializer.SerializeToUtf8Bytes(server, LocalJson.Default.ServerFile));

    /// <summary>There is no server any more.</summary>
    public void Untell() => File.Delete(Server);

    /// <summary>Removes everything that is the cluster's, the lock last; the directory, too, if nothing else is in it.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/></exception>
    public void Remove()
    {
        try
        {
            foreach (string path in s_names.Select(name => Path.Combine(Root, name)).Where(path => path != Lock))
            {
                Remove(path);
                Remove(AtomicFile.Beside(path));
            }

            File.Delete(Lock);
            if (!Directory.EnumerateFileSystemEntries(Root).Any())
            {
                Directory.Delete(Root);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(Root, e);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static void Remove(string path)
    {
        if (Directory.Exists(path) && !File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }

    private static string PidIn(string root) => Path.Combine(root, "pid");

    private static string Holder(string root)
    {
        string text = AtomicFile.Read(PidIn(root)) is { } bytes ? Encoding.UTF8.GetString(bytes).Trim() : "";
        return int.TryParse(text, CultureInfo.InvariantCulture, out int pid)
            ? string.Create(CultureInfo.InvariantCulture, $"process {pid}")
            : "another process";
    }
}
