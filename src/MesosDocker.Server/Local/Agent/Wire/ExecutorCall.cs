using System.Collections.Immutable;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

internal enum ExecutorCallKind
{
    Subscribe = 1,
    Update = 2,
    Message = 3,
}

/// <summary>What an executor says to its agent: <c>mesos.v1.executor.Call</c> (docs/executor-http-api.md of Mesos).</summary>
internal sealed record ExecutorCall
{
    private const int UuidLength = 16;

    // It may quote what a task wrote; longer ones would be carried through every state and event.
    private const int LongestMessage = 4096;

    public required string FrameworkId { get; init; }

    public required string ExecutorId { get; init; }

    public required ExecutorCallKind Kind { get; init; }

    /// <summary>Of a subscription: the executor has its task already.</summary>
    public bool HasTask { get; init; }

    /// <summary>The update, or with a subscription those that were not acknowledged.</summary>
    public ImmutableArray<AgentUpdate> Updates { get; init; } = [];

    /// <exception cref="MesosDockerException"><see cref="Fault.MessageInvalid"/></exception>
    public static ExecutorCall Read(ReadOnlySpan<byte> message)
    {
        ExecutorCall call = new() { FrameworkId = "", ExecutorId = "", Kind = 0 };
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: call = call with { ExecutorId = Wire.ReadValue(reader.Bytes()) ?? "" }; break;
                case 2: call = call with { FrameworkId = Wire.ReadValue(reader.Bytes()) ?? "" }; break;
                case 3: call = call with { Kind = (ExecutorCallKind)reader.Int32() }; break;
                case 4: call = ReadSubscribe(call, reader.Bytes()); break;
                case 5: call = call with { Updates = [ReadStatus(ProtoReader.Find(reader.Bytes(), 1))] }; break;
                default: reader.Skip(); break;
            }
        }

        return call switch
        {
            { FrameworkId: "" } or { ExecutorId: "" } => throw Invalid("Expecting 'framework_id' and 'executor_id' to be present."),
            { Kind: ExecutorCallKind.Update, Updates.Length: not 1 } => throw Invalid("Expecting 'update' to be present."),
            { Kind: ExecutorCallKind.Subscribe or ExecutorCallKind.Update or ExecutorCallKind.Message } => call,
            _ => throw Invalid("Unknown or missing 'type'."),
        };
    }

    private static ExecutorCall ReadSubscribe(ExecutorCall call, ReadOnlySpan<byte> message)
    {
        bool task = false;
        var updates = new List<AgentUpdate>();
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1:
                    reader.Skip();
                    task = true;
                    break;
                case 2: ProtoReader.Add(updates, ReadStatus(ProtoReader.Find(reader.Bytes(), 1))); break;
                default: reader.Skip(); break;
            }
        }

        return call with { HasTask = task, Updates = [.. updates] };
    }

    /// <summary><c>mesos.v1.TaskStatus</c>.</summary>
    private static AgentUpdate ReadStatus(ReadOnlySpan<byte> message)
    {
        (string? task, int state, Guid? uuid) = (null, -1, null);
        AgentUpdate update = new() { TaskId = "", State = default, Uuid = default, Timestamp = DateTimeOffset.UtcNow };
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            switch (field)
            {
                case 1: task = Wire.ReadValue(reader.Bytes()); break;
                case 2: state = reader.Int32(); break;
                case 4: update = update with { Message = Shorten(reader.Text()) }; break;
                case 6: update = update with { Timestamp = Moment(reader.Double()) ?? update.Timestamp }; break;
                case 8: update = update with { Healthy = reader.Flag() }; break;
                case 10: update = update with { Reason = Reasons.NameOf((StatusReason)reader.Int32()) }; break;
                case 11: uuid = ReadUuid(reader.Bytes()); break;
                case 13: update = update with { Addresses = ReadAddresses(reader.Bytes()) }; break;
                default: reader.Skip(); break;
            }
        }

        return update with
        {
            TaskId = task ?? throw Invalid("Expecting 'task_id' of a status to be present."),
            State = Enum.IsDefined((TaskState)state) ? (TaskState)state : throw Invalid("Unknown or missing 'state' of a status."),
            Uuid = uuid ?? throw Invalid("Expecting 'uuid' of a status to be present."),
        };
    }

    /// <summary><c>ContainerStatus { network_infos = 1 { ip_addresses = 5 { ip_address = 2 } } }</c></summary>
    private static ImmutableArray<string> ReadAddresses(ReadOnlySpan<byte> container)
    {
        var addresses = new List<string>();
        var networks = new ProtoReader(container);
        while (networks.Next(out int field))
        {
            if (field != 1)
            {
                networks.Skip();
                continue;
            }

            var network = new ProtoReader(networks.Bytes());
            while (network.Next(out int inside))
            {
                if (inside == 5)
                {
                    ProtoReader.Add(addresses, TextIn(network.Bytes(), 2));
                }
                else
                {
                    network.Skip();
                }
            }
        }

        return [.. addresses.Where(static address => address.Length > 0)];
    }

    private static string TextIn(ReadOnlySpan<byte> message, int wanted)
    {
        string text = "";
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == wanted)
            {
                text = reader.Text();
            }
            else
            {
                reader.Skip();
            }
        }

        return text;
    }

    private static Guid ReadUuid(ReadOnlySpan<byte> bytes)
        => bytes.Length == UuidLength ? new Guid(bytes, bigEndian: true) : throw Invalid("A status has no UUID of 16 bytes.");

    private static DateTimeOffset? Moment(double seconds)
        => seconds is > 0 and < 1e11 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;

    private static string Shorten(string text)
        => text.Length > LongestMessage ? string.Concat(text.AsSpan(0, LongestMessage), "...") : text;

    private static MesosDockerException Invalid(string why) => new(Fault.MessageInvalid, why);
}
