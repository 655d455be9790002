using Google.Protobuf;
using MesosDocker.Mesos;
using Executor = MesosDocker.Adapters.Wire.Protocol.Executor;

namespace MesosDocker.Adapters.Wire;

/// <summary>Status updates and events of the executor API.</summary>
internal static class StatusMapping
{
    public static Protocol.TaskStatus ToMessage(ExecutorIdentity executor, StatusUpdate status)
    {
        var message = new Protocol.TaskStatus
        {
            TaskId = new Protocol.TaskID { Value = status.TaskId },
            State = (Protocol.TaskState)status.State,
            Source = Protocol.TaskStatus.Types.Source.Executor,
            ExecutorId = new Protocol.ExecutorID { Value = executor.ExecutorId },
            Timestamp = (status.Timestamp - DateTimeOffset.UnixEpoch).TotalSeconds,
            Uuid = ByteString.CopyFrom(status.Uuid.ToByteArray(bigEndian: true)),
        };
        if (status.Message is { } text)
        {
            message.Message = text;
        }

        if (status.Reason is { } reason)
        {
            message.Reason = (Protocol.TaskStatus.Types.Reason)reason;
        }

        if (status.Healthy is { } healthy)
        {
            message.Healthy = healthy;
        }

        if (status.Data is { } data)
        {
            message.Data = ByteString.CopyFrom(data);
        }

        if (status.Labels.Count > 0)
        {
            message.Labels = new Protocol.Labels();
            message.Labels.Labels_.Add(status.Labels.Select(static l => new Protocol.Label { Key = l.Key, Value = l.Value }));
        }

        if (status.IpAddresses.Count > 0)
        {
            var network = new Protocol.NetworkInfo();
            network.IpAddresses.Add(status.IpAddresses.Select(static ip => new Protocol.NetworkInfo.Types.IPAddress { IpAddress = ip }));
            message.ContainerStatus = new Protocol.ContainerStatus();
            message.ContainerStatus.NetworkInfos.Add(network);
        }

        return message;
    }

    public static ExecutorEvent ToEvent(Executor.Event message) => message.Type switch
    {
        Executor.Event.Types.Type.Subscribed => new ExecutorEvent.Subscribed(UnderstandsKilling(message.Subscribed?.FrameworkInfo)),
        Executor.Event.Types.Type.Launch => new ExecutorEvent.Launched(Id(message.Launch?.Task?.TaskId)),
        Executor.Event.Types.Type.Kill => new ExecutorEvent.Kill(
            Id(message.Kill?.TaskId), LaunchMapping.Duration(message.Kill?.KillPolicy?.GracePeriod)),
        Executor.Event.Types.Type.Acknowledged => new ExecutorEvent.Acknowledged(
            Id(message.Acknowledged?.TaskId), Uuid(message.Acknowledged?.Uuid)),
        Executor.Event.Types.Type.Shutdown => new ExecutorEvent.Shutdown(),
        Executor.Event.Types.Type.Error => new ExecutorEvent.Failed(message.Error?.Message ?? ""),
        _ => new ExecutorEvent.Other((int)message.Type),
    };

    private static bool UnderstandsKilling(Protocol.FrameworkInfo? framework)
        => framework?.Capabilities.Any(static c => c.Type == Protocol.FrameworkInfo.Types.Capability.Types.Type.TaskKillingState) == true;

    private static string Id(Protocol.TaskID? id)
        => id?.Value ?? throw new MesosDockerException(Fault.MessageInvalid, "The agent's event names no task.");

    private static Guid Uuid(ByteString? bytes)
        => bytes is { Length: 16 }
            ? new Guid(bytes.Span, bigEndian: true)
            : throw new MesosDockerException(Fault.MessageInvalid, "The agent's acknowledgement has no UUID of 16 bytes.");
}
