using System.Text;
using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Local;

/// <summary>
/// The agent's work directory, held by one agent at a time:
/// <code>
///   meta/lock  meta/agent.json           who it is
///   meta/hooks                           executables that were its containerizer, a line each
///   meta/processes/CONTAINER.json        executors that are processes of this machine
///   meta/runs/CONTAINER.{json,launch}    what it remembers of each task: its state, and the Launch that was made of it
///   slaves/AGENT/frameworks/FRAMEWORK/executors/EXECUTOR/runs/CONTAINER   sandboxes; beside them the link "latest"
///   volumes/INSTANCE/...                 persistent volumes
/// </code>
/// </summary>
internal sealed class AgentHome : IDisposable
{
    private readonly FileLock _lock;

    private AgentHome(string root, FileLock @lock, AgentIdentity identity)
    {
        Root = root;
        _lock = @lock;
        Identity = identity;
        Runs = new RunStore(Path.Combine(root, "meta", "runs"));
        Processes = new ProcessStore(Path.Combine(root, "meta", "processes"));
        Volumes = new PersistentVolumes(Path.Combine(root, "volumes"));
    }

    /// <summary>Absolute.</summary>
    public string Root { get; }

    public AgentIdentity Identity { get; }

    public RunStore Runs { get; }

    public ProcessStore Processes { get; }

    public PersistentVolumes Volumes { get; }

    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>: another agent has it, or it cannot be written to;
    /// <see cref="Fault.DiskFull"/>.</exception>
    public static AgentHome Open(AgentOptions options)
    {
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.WorkDirectory));
        string meta = Path.Combine(root, "meta");
        PrivateDirectory.Ensure(meta);
        PrivateDirectory.Ensure(Path.Combine(meta, "runs"));
        FileLock held = PatientLock.TryTake(Path.Combine(meta, "lock")) ?? throw new MesosDockerException(
            Fault.StateUnusable, $"Another server works in '{root}' already; stop that one, or name another directory.");
        try
        {
            return new AgentHome(root, held, Identify(root, Path.Combine(meta, "agent.json"), options.Port));
        }
        catch (MesosDockerException)
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Every executable that was this agent's containerizer, this one included: what one of before has begun may still be on its way.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public IReadOnlyList<string> RememberHook(string executable)
    {
        string path = Path.Combine(Root, "meta", "hooks");
        string[] known = AtomicFile.Read(path) is { } bytes ? Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
        if (known.Contains(executable))
        {
            return known;
        }

        string[] all = [.. known, executable];
        AtomicFile.Write(path, Encoding.UTF8.GetBytes(string.Join('\n', all)), like: null, durable: true);
        return all;
    }

    public string SandboxOf(string frameworkId, string executorId, string containerId)
        => Path.Combine(Root, "slaves", Identity.AgentId, "frameworks", frameworkId, "executors", executorId, "runs", containerId);

    public void Dispose() => _lock.Dispose();

    private static AgentIdentity Identify(string root, string path, int? port)
    {
        AgentIdentity? before = Read(path);
        var now = new AgentIdentity(before?.AgentId ?? $"{Guid.NewGuid()}-S0", port ?? before?.Port ?? AgentPorts.Choose(root));
        if (now != before)
        {
            AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(now, AgentJson.Default.AgentIdentity), like: null, durable: true);
        }

        return now;
    }

    private static AgentIdentity? Read(string path)
    {
        try
        {
            return AtomicFile.Read(path) is { } json ? JsonSerializer.Deserialize(json, AgentJson.Default.AgentIdentity) : null;
        }
        catch (JsonException e)
        {
            throw new MesosDockerException(
                Fault.StateUnusable, $"'{path}' is damaged: {e.Message} Remove it; tasks that run on then end by themselves.", e);
        }
    }
}
