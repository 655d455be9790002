using System.Buffers.Binary;
using System.Text.Json;
using MesosDocker.Io;
using MesosDocker.Mesos;
using Microsoft.Win32.SafeHandles;

namespace MesosDocker.Containerizer;

/// <summary>
/// One container's directory. Whoever holds <see cref="SupervisorLock"/> writes <c>state.json</c>; <see cref="RunningLock"/> is held from
/// before <c>launch</c> returns until the end is on disk, and waiters sleep on it. Every other file is written once, or by one verb.
/// <code>
///   request           the Launch message as it came
///   context.json      environment, sandbox, work directory of the call that launched it
///   reserve           room for the end, until it is written
///   state.json        phase and facts
///   limits.json       what the last `update` asked for, and which call that was
///   stop.json         that somebody wants it ended
///   copied            bytes of stdout and stderr that have reached the sandbox
///   termination.json  the end
///   supervisor.json   who watches it
///   disk              how much the sandbox held last
///   lock/supervisor   lock/running   lock/limits
/// </code>
/// </summary>
internal sealed class ContainerDirectory(string path, ContainerId id)
{
    /// <summary>Room reserved for the end, so that it can be told on a full disk.</summary>
    private const int ReservedBytes = 16 * 1024;

    // Blank where there is nothing: written over in place, it needs no room that a full disk has not.
    private const int SupervisorBytes = 64;

    private string LockDirectory => System.IO.Path.Combine(Path, "lock");

    private string TerminationPath => File("termination.json");

    private string ReservePath => File("reserve");

    private string SupervisorPath => File("supervisor.json");

    public string Path { get; } = path;

    public ContainerId Id { get; } = id;

    public string SupervisorLock => System.IO.Path.Combine(LockDirectory, "supervisor");

    public string RunningLock => System.IO.Path.Combine(LockDirectory, "running");

    /// <summary>Held while limits are written and carried out, one call after the other.</summary>
    public string LimitsLock => System.IO.Path.Combine(LockDirectory, "limits");

    public string CopiedPath => File("copied");

    public bool HasSupervisor => FileLock.IsHeld(SupervisorLock);

    /// <summary>A supervisor has begun with it; before that, nothing can have been started for it.</summary>
    public bool HasBegun => ReadSupervisor() is not null;

    /// <summary>Whether an end can still be written: on a full disk it can, on one that has become read-only it cannot.</summary>
    public bool IsWritable
    {
        get
        {
            try
            {
                using SafeFileHandle handle = OpenForWriting(ReservePath);
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

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
        PrivateDirectory.Ensure(Path);
        PrivateDirectory.Ensure(LockDirectory);
        AtomicFile.Write(ReservePath, new byte[ReservedBytes]);
        AtomicFile.Write(SupervisorPath, Padded([]));
        AtomicFile.Write(CopiedPath, new byte[CopiedBytes.Size]);
        AtomicFile.Write(File("request"), request);
        AtomicFile.Write(File("context.json"), StateJson.Write(context));
    }

    /// <summary>The raw Launch message; null if the launch was cut off before it was whole.</summary>
    public byte[]? ReadRequest() => AtomicFile.Read(File("request"));

    /// <summary>The same, understood; null also if it is damaged.</summary>
    public Launch? ReadLaunch()
    {
        try
        {
            return ReadRequest() is { } request ? MesosCodec.DecodeLaunch(request) : null;
        }
        catch (MesosDockerException e) when (e.Fault is Fault.MessageInvalid or Fault.ContainerIdInvalid)
        {
            return null;
        }
    }

    public LaunchContext? ReadContext() => Read("context.json", StateJson.ReadContext);

    public ContainerRecord ReadRecord() => Read("state.json", StateJson.ReadRecord) ?? new ContainerRecord();

    public void Write(ContainerRecord record) => AtomicFile.Write(File("state.json"), StateJson.Write(record));

    public WantedLimits? ReadWantedLimits() => Read("limits.json", StateJson.ReadWantedLimits);

    public void Write(WantedLimits wanted) => AtomicFile.Write(File("limits.json"), StateJson.Write(wanted));

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

    /// <returns>False on a disk that takes nothing; the signal that follows says as much, with the default grace.</returns>
    public bool TryWrite(StopRequest request)
    {
        try
        {
            AtomicFile.Write(File("stop.json"), StateJson.Write(request));
            return true;
        }
        catch (MesosDockerException e) when (e.Fault is Fault.DiskFull or Fault.StateUnusable)
        {
            return false;
        }
    }

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
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>.</exception>
    public void WriteSupervisor(ProcessIdentity process)
    {
        try
        {
            using SafeFileHandle file = OpenForWriting(SupervisorPath);
            RandomAccess.Write(file, Padded(StateJson.Write(process)), fileOffset: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AtomicFile.Failure(SupervisorPath, e);
        }
    }

    /// <summary>The living process that holds the supervisor's lock; null if there is none, or it has only just begun.</summary>
    public ProcessIdentity? FindSupervisor() => HasSupervisor && ReadSupervisor() is { IsAlive: true } process ? process : null;

    private ProcessIdentity? ReadSupervisor() => Read("supervisor.json", StateJson.ReadProcess);

    private static SafeFileHandle OpenForWriting(string path)
        => System.IO.File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);

    private static byte[] Padded(byte[] json)
    {
        byte[] padded = new byte[Math.Max(SupervisorBytes, json.Length)];
        padded.AsSpan().Fill((byte)' ');
        json.CopyTo(padded, 0);
        return padded;
    }

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

    /// <summary>A file that is torn (a machine lost power) counts as not there: the engine's labels and the request tell the
    /// rest.</summary>
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
