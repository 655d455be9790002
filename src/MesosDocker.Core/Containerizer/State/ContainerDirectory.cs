using System.Buffers.Binary;
using System.Text.Json;
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
///   disk              how much the sandbox held last
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
        AtomicFile.Write(File("context.json"), StateJson.Write(context));
    }

    /// <summary>The raw Launch message; null if the launch was cut off before it was whole.</summary>
    public byte[]? ReadRequest() => AtomicFile.Read(File("request"));

    public LaunchContext? ReadContext() => Read("context.json", StateJson.ReadContext);

    public ContainerRecord ReadRecord() => Read("state.json", StateJson.ReadRecord) ?? new ContainerRecord();

    public void Write(ContainerRecord record) => AtomicFile.Write(File("state.json"), StateJson.Write(record));

    public Limits? ReadWantedLimits() => Read("limits.json", StateJson.ReadLimits);

    public void WriteWantedLimits(Limits limits) => AtomicFile.Write(File("limits.json"), StateJson.Write(limits));

    /// <summary>What the sandbox held when it was last measured, in bytes.</summary>
    public long? ReadDiskUse()
        => AtomicFile.Read(File("disk")) is { Length: sizeof(long) } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : null;

    public void WriteDiskUse(long bytes)
    {
        byte[] content = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(content, bytes);
        AtomicFile.Write(File("disk"), content);
    }

    public StopRequest? ReadStopRequest() => Read("stop.json", StateJson.ReadStopRequest);

    public void Write(StopRequest request) => AtomicFile.Write(File("stop.json"), StateJson.Write(request));

    public Termination? ReadTermination() => Read("termination.json", StateJson.ReadTermination);

    /// <summary>On a full disk the end takes the room that was reserved for it.</summary>
    public void Write(Termination termination)
    {
        byte[] json = StateJson.Write(termination);
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
    public void WriteSupervisor(ProcessIdentity process) => AtomicFile.Write(File("supervisor.json"), StateJson.Write(process));

    /// <summary>The living process that holds the supervisor's lock; null if there is none, or it has only just begun.</summary>
    public ProcessIdentity? FindSupervisor()
        => HasSupervisor && Read("supervisor.json", StateJson.ReadProcess) is { IsAlive: true } process ? process : null;

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

    /// <summary>A file that is torn (a machine lost power) counts as not there: the engine's labels and the request tell the rest.</summary>
    private T? Read<T>(string name, Func<JsonElement, T> read)
        where T : class
    {
        byte[]? json = AtomicFile.Read(File(name));
        try
        {
            return json is null ? null : JsonText.Read(json, read);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
