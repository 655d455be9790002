using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary>
/// Mesos's protobuf messages, as far as a containerizer and an executor use them: include/mesos/mesos.proto,
/// include/mesos/containerizer/containerizer.proto and include/mesos/v1/executor/executor.proto of Mesos 0.19 to 1.2. What the records do not carry
/// is skipped; callers keep the raw message. Decoding throws <see cref="Fault.MessageInvalid"/> for bytes that are not the message, and
/// <see cref="Fault.ContainerIdInvalid"/> for an id that is not safe.
/// </summary>
public static class MesosCodec
{
    public static Launch DecodeLaunch(ReadOnlySpan<byte> message) => LaunchWire.Read(message);

    public static byte[] EncodeLaunch(Launch launch) => ProtoWriter.Write(writer => LaunchWire.Write(writer, launch));

    public static Update DecodeUpdate(ReadOnlySpan<byte> message)
    {
        string? id = null;
        var resources = new ResourceSum();
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: id = Wire.ReadValue(reader.Bytes()); break;
                case 2: resources.Add(reader.Bytes()); break;
                default: reader.Skip(); break;
            }
        }

        return new Update(ContainerId.Parse(id), resources.Total);
    }

    public static byte[] EncodeUpdate(Update update) => ProtoWriter.Write(writer =>
    {
        Wire.WriteValue(writer, 1, update.ContainerId.Value);
        ResourceSum.Write(writer, 2, update.Resources);
    });

    /// <summary><c>Wait</c>, <c>Usage</c> and <c>Destroy</c> are one message by three names.</summary>
    public static ContainerId DecodeContainerId(ReadOnlySpan<byte> message)
        => ContainerId.Parse(Wire.ReadValue(ProtoReader.Find(message, 1)));

    public static byte[] EncodeContainerId(ContainerId id) => ProtoWriter.Write(writer => Wire.WriteValue(writer, 1, id.Value));

    public static byte[] EncodeContainers(IEnumerable<ContainerId> containers)
        => ProtoWriter.Write(writer =>
        {
            foreach (ContainerId id in containers)
            {
                Wire.WriteValue(writer, 1, id.Value);
            }
        });

    public static IReadOnlyList<ContainerId> DecodeContainers(ReadOnlySpan<byte> message)
    {
        var containers = new List<ContainerId>();
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == 1)
            {
                containers.Add(ContainerId.Parse(Wire.ReadValue(reader.Bytes())));
            }
            else
            {
                reader.Skip();
            }
        }

        return containers;
    }

    public static byte[] EncodeTermination(Termination termination) => ProtoWriter.Write(writer =>
    {
        writer.Flag(1, termination.Killed);
        writer.Text(2, termination.Message);
        writer.Number(3, (long?)termination.Status?.Word);
        writer.Number(4, (long)termination.State);
        foreach (StatusReason reason in termination.Reasons)
        {
            writer.Number(5, (long)reason);
        }
    });

    public static Termination DecodeTermination(ReadOnlySpan<byte> message)
    {
        bool killed = false;
        string text = "";
        WaitStatus? status = null;
        TaskState state = TaskState.Failed;
        var reasons = new List<ulong>();
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: killed = reader.Flag(); break;
                case 2: text = reader.Text(); break;
                case 3: status = new WaitStatus(reader.Int32()); break;
                case 4: state = (TaskState)reader.Int32(); break;
                case 5: reader.Numbers(reasons); break;
                default: reader.Skip(); break;
            }
        }

        return new Termination
        {
            Killed = killed, Message = text, Status = status, State = state, Reasons = [.. reasons.Select(static reason => (StatusReason)reason)],
        };
    }

    public static byte[] EncodeUsage(ResourceStatistics statistics) => StatisticsWire.Write(statistics);

    public static ResourceStatistics DecodeUsage(ReadOnlySpan<byte> message) => StatisticsWire.Read(message);

    /// <param name="tasks">Raw <c>TaskInfo</c> messages of tasks that the agent does not know to have got through.</param>
    internal static byte[] EncodeSubscribe(
        ExecutorIdentity executor, IReadOnlyList<byte[]> tasks, IReadOnlyList<StatusUpdate> unacknowledged)
        => ExecutorWire.WriteSubscribe(executor, tasks, unacknowledged);

    /// <summary>The raw <c>TaskInfo</c> of a raw <c>Launch</c>; null if there is none.</summary>
    internal static byte[]? TaskOf(byte[] launch) => LaunchWire.TaskOf(launch);

    internal static TaskInfo DecodeTask(ReadOnlySpan<byte> message) => LaunchWire.ReadTask(message);

    internal static byte[] EncodeStatusUpdate(ExecutorIdentity executor, StatusUpdate status) => ExecutorWire.WriteUpdate(executor, status);

    /// <summary>A message of an executor to its framework.</summary>
    internal static byte[] EncodeExecutorMessage(ExecutorIdentity executor, ReadOnlyMemory<byte> data) => ExecutorWire.WriteMessage(executor, data);

    internal static ExecutorEvent DecodeExecutorEvent(ReadOnlySpan<byte> message) => ExecutorWire.ReadEvent(message);
}

/// <summary>Who speaks, in every call of the executor API.</summary>
internal sealed record ExecutorIdentity(string FrameworkId, string ExecutorId);
