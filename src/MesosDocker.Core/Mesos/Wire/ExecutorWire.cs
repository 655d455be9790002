using MesosDocker.Io;

namespace MesosDocker.Mesos;

/// <summary><c>Call</c> and <c>Event</c> of the executor API, and <c>TaskStatus</c>.</summary>
internal static class ExecutorWire
{
    private const long SubscribeCall = 1;
    private const long UpdateCall = 2;
    private const long MessageCall = 3;
    private const long FromExecutor = 2;
    private const int KillingStateCapability = 2;
    private const int UuidLength = 16;

    public static byte[] WriteSubscribe(ExecutorIdentity executor, IReadOnlyList<byte[]> tasks, IReadOnlyList<StatusUpdate> unacknowledged)
        => ProtoWriter.Write(call =>
        {
            WriteIdentity(call, executor, SubscribeCall);
            call.Message(4, subscribe =>
            {
                foreach (byte[] task in tasks)
                {
                    subscribe.Bytes(1, task);
                }

                subscribe.Messages(2, unacknowledged, (update, status) => update.Message(1, inner => WriteStatus(inner, executor, status)));
            });
        });

    public static byte[] WriteUpdate(ExecutorIdentity executor, StatusUpdate status) => ProtoWriter.Write(call =>
    {
        WriteIdentity(call, executor, UpdateCall);
        call.Message(5, update => update.Message(1, inner => WriteStatus(inner, executor, status)));
    });

    public static byte[] WriteMessage(ExecutorIdentity executor, ReadOnlyMemory<byte> data) => ProtoWriter.Write(call =>
    {
        WriteIdentity(call, executor, MessageCall);
        call.Message(6, message => message.Bytes(2, data.Span));
    });

    public static ExecutorEvent ReadEvent(ReadOnlySpan<byte> message)
    {
        int type = 0;
        ReadOnlySpan<byte> body = default;
        var reader = new ProtoReader(message);
        while (reader.Next(out int field))
        {
            if (field == 1)
            {
                type = reader.Int32();
            }
            else
            {
                body = reader.Bytes();
            }
        }

        return type switch
        {
            1 => new ExecutorEvent.Subscribed(UnderstandsKilling(ProtoReader.Find(body, 2))),
            2 => Launched(ProtoReader.Find(body, 1)),
            3 => new ExecutorEvent.Kill(Task(ProtoReader.Find(body, 1)), Wire.ReadKillPolicy(ProtoReader.Find(body, 2))),
            4 => new ExecutorEvent.Acknowledged(Task(ProtoReader.Find(body, 1)), Uuid(ProtoReader.Find(body, 2))),
            6 => new ExecutorEvent.Failed(Wire.ReadValue(body) ?? ""),
            7 => new ExecutorEvent.Shutdown(),
            _ => new ExecutorEvent.Other(type),
        };
    }

    private static void WriteIdentity(ProtoWriter call, ExecutorIdentity executor, long type)
    {
        Wire.WriteValue(call, 1, executor.ExecutorId);
        Wire.WriteValue(call, 2, executor.FrameworkId);
        call.Number(3, type);
    }

    private static void WriteStatus(ProtoWriter writer, ExecutorIdentity executor, StatusUpdate status)
    {
        Wire.WriteValue(writer, 1, status.TaskId);
        writer.Number(2, (long)status.State);
        if (status.Data is { } data)
        {
            writer.Bytes(3, data);
        }

        writer.Text(4, status.Message);
        writer.Double(6, (status.Timestamp - DateTimeOffset.UnixEpoch).TotalSeconds);
        Wire.WriteValue(writer, 7, executor.ExecutorId);
        writer.Flag(8, status.Healthy);
        writer.Number(9, FromExecutor);
        writer.Number(10, (long?)status.Reason);
        writer.Bytes(11, status.Uuid.ToByteArray(bigEndian: true));
        Wire.WriteLabels(writer, 12, status.Labels);
        if (status.IpAddresses.Count > 0)
        {
            // ContainerStatus { NetworkInfo network_infos = 1 { IPAddress ip_addresses = 5 { string ip_address = 2; } } }
            writer.Message(13, container => container.Message(1, network =>
                network.Messages(5, status.IpAddresses, static (address, ip) => address.Text(2, ip))));
        }
    }

    private static ExecutorEvent.Launched Launched(ReadOnlySpan<byte> task) => new(Task(ProtoReader.Find(task, 2)), task.ToArray());

    private static string Task(ReadOnlySpan<byte> id)
        => Wire.ReadValue(id) ?? throw new MesosDockerException(Fault.MessageInvalid, "The agent's event names no task.");

    private static Guid Uuid(ReadOnlySpan<byte> bytes) => bytes.Length == UuidLength
        ? new Guid(bytes, bigEndian: true)
        : throw new MesosDockerException(Fault.MessageInvalid, "The agent's acknowledgement has no UUID of 16 bytes.");

    /// <summary><c>FrameworkInfo { repeated Capability capabilities = 10 { type = 1; } }</c></summary>
    private static bool UnderstandsKilling(ReadOnlySpan<byte> framework)
    {
        bool understands = false;
        var reader = new ProtoReader(framework);
        while (reader.Next(out int field))
        {
            if (field == 10)
            {
                understands |= IsKillingState(reader.Bytes());
            }
            else
            {
                reader.Skip();
            }
        }

        return understands;
    }

    private static bool IsKillingState(ReadOnlySpan<byte> capability)
    {
        var reader = new ProtoReader(capability);
        while (reader.Next(out int field))
        {
            if (field == 1 && reader.Int32() == KillingStateCapability)
            {
                return true;
            }
            else if (field != 1)
            {
                reader.Skip();
            }
        }

        return false;
    }
}
