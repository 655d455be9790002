using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// One container's directory. Whoever holds <see cref="SupervisorLock"/> writes <c>state.json</c>; <see cref="RunningLock"/> is held from
/// before <c>launch</c> returns until the end is on disk, and waiters sleep on it. Every other file is written once, or by one verb.
/// <code>
///   request           the Launch message as it came
///   context.json      environment, sandbox, work directory of the call that launched it
///   state.json        phase and facts
///   limits.json       what `update` last asked for
///   stop.json         that somebody wants it ended
///   copied            bytes of stdout and stderr that have reached the sandbox
///   termination.json  the end
///   supervisor.json   who watches it
///   lock/supervisor   lock/running
/// </code>
/// </summary>
internal sealed class ContainerDirectory(string path, ContainerId id)
{
    /// <summary>Room reserved for the end, so that it can be told on a full disk.</summary>
    private const int ReservedBytes = 4096;

    private string LockDirectory => System.IO.Path.Combine(Path, "lock");

    private string TerminationPath => File("termination.json");

    private string ReservePath => File("reserve");

    public string Path { get; } = path;

    public ContainerId Id { get; } = id;

    public string SupervisorLock => System.IO.Path.Combine(LockDirectory, "supervisor");

    public string RunningLock => System.IO.Path.Combine(LockDirectory, "running");

    public string CopiedPath => File("copied");

    public bool HasSupervisor => FileLock.IsHeld(SupervisorLock);

    /// <summary>When anything was last written; the age of what is left.</summary>
    public DateTimeOffset LastChange
    {
        get
        {
            DateTime last = new[] { Path, File("state.json"), TerminationPath }.Select(Directory.GetLastWriteTimeUtc).Max();
            return new DateTimeOffset(last, TimeSpan.Zero);
        }
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public void Initialise(ReadOnlySpan<byte> request, LaunchContext context)
    {
        PrivateDirectory.Ensure(LockDirectory);
        AtomicFile.Write(ReservePath, new byte[ReservedBytes]);
        AtomicFile.Write(File("request"), request);
        Write("context.json", context, StateJson.Default.LaunchContext);
    }

    /// <summary>The raw Launch message; null if the launch was cut off before it was whole.</summary>
    public byte[]? ReadRequest() => AtomicFile.Read(File("request"));

    public LaunchContext? ReadContext() => Read("context.json", StateJson.Default.LaunchContext);

    public ContainerRecord ReadRecord() => Read("state.json", StateJson.Default.ContainerRecord) ?? new ContainerRecord();

    public void Write(ContainerRecord record) => Write("state.json", record, StateJson.Default.ContainerRecord);

    public Limits? ReadWantedLimits() => Read("limits.json", StateJson.Default.Limits);

    public void WriteWantedLimits(Limits limits) => Write("limits.json", limits, StateJson.Default.Limits);

    public StopRequest? ReadStopRequest() => Read("stop.json", StateJson.Default.StopRequest);

    public void Write(StopRequest request) => Write("stop.json", request, StateJson.Default.StopRequest);

    public Termination? ReadTermination() => Read("termination.json", StateJson.Default.Termination);

    /// <summary>On a full disk the end takes the room that was reserved for it.</summary>
    public void Write(Termination termination)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(termination, StateJson.Default.Termination);
        try
        {
            AtomicFile.Write(TerminationPath, json);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.DiskFull && json.Length <= ReservedBytes)
        {
            WriteIntoReserve(json);
        }
    }

    public FileLock? TryTakeSupervisor() => FileLock.TryAcquire(SupervisorLock, exclusive: true);

    /// <summary>Says who the supervisor is. Its lock was taken by its parent, so the kernel's table names that one.</summary>
    public void WriteSupervisor(ProcessIdentity process) => Write("supervisor.json", process, StateJson.Default.ProcessIdentity);

    /// <summary>The living process that holds the supervisor's lock; null if there is none, or it has only just begun.</summary>
    public ProcessIdentity? FindSupervisor()
        => HasSupervisor && Read("supervisor.json", StateJson.Default.ProcessIdentity) is { IsAlive: true } process ? process : null;

    private void WriteIntoReserve(byte[] json)
    {
        try
        {
            using (var file = new FileStream(ReservePath, FileMode.Open, FileAccess.Write))
            {
                file.Write(json);
                file.SetLength(json.Length);
            }

            System.IO.File.Move(ReservePath, TerminationPath, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(TerminationPath, e);
        }
    }

    private void Write<T>(string name, T value, JsonTypeInfo<T> type)
        => AtomicFile.Write(File(name), JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>A file that is torn (a machine lost power) counts as not there: the engine's labels and the request tell the rest.</summary>
    private T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        byte[]? json = AtomicFile.Read(File(name));
        try
        {
            return json is null ? null : JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
