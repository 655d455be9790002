using Google.Protobuf;
using MesosDocker.Io;
using MesosDocker.Mesos;
using Executor = MesosDocker.Adapters.Wire.Protocol.Executor;
using Ecp = MesosDocker.Adapters.Wire.Protocol.Containerizer;

namespace MesosDocker.Adapters.Wire;

/// <summary>
/// Mesos's messages by Google.Protobuf. Fields that the records do not carry stay in the raw message, which callers keep.
/// </summary>
public sealed class MesosCodec : IMesosCodec
{
    public Launch DecodeLaunch(ReadOnlySpan<byte> message)
        => LaunchMapping.ToRecord(Parse(Ecp.Launch.Parser, message, "Launch"));

    public byte[] EncodeLaunch(Launch launch) => LaunchMapping.ToMessage(launch).ToByteArray();

    public Update DecodeUpdate(ReadOnlySpan<byte> message)
    {
        Ecp.Update update = Parse(Ecp.Update.Parser, message, "Update");
        return new Update(LaunchMapping.Id(update.ContainerId), ResourceMapping.ToRecord(update.Resources));
    }

    public byte[] EncodeUpdate(Update update)
    {
        var message = new Ecp.Update { ContainerId = new Protocol.ContainerID { Value = update.ContainerId.Value } };
        message.Resources.Add(ResourceMapping.ToMessages(update.Resources));
        return message.ToByteArray();
    }

    public ContainerId DecodeContainerId(ReadOnlySpan<byte> message)
        => LaunchMapping.Id(Parse(Ecp.Wait.Parser, message, "request").ContainerId);

    public byte[] EncodeContainerId(ContainerId id)
        => new Ecp.Wait { ContainerId = new Protocol.ContainerID { Value = id.Value } }.ToByteArray();

    public byte[] EncodeTermination(Termination termination)
    {
        var message = new Ecp.Termination
        {
            Killed = termination.Killed,
            Message = termination.Message,
            State = (Protocol.TaskState)termination.State,
        };
        if (termination.Status is { } status)
        {
            message.Status = status.Word;
        }

        message.Reasons.Add(termination.Reasons.Select(static reason => (Protocol.TaskStatus.Types.Reason)reason));
        return message.ToByteArray();
    }

    public Termination DecodeTermination(ReadOnlySpan<byte> message)
    {
        Ecp.Termination termination = Parse(Ecp.Termination.Parser, message, "Termination");
        return new Termination
        {
            Killed = termination.Killed,
            Message = termination.Message,
            Status = termination.HasStatus ? new WaitStatus(termination.Status) : null,
            State = termination.HasState ? (TaskState)termination.State : TaskState.Failed,
            Reasons = [.. termination.Reasons.Select(static reason => (StatusReason)reason)],
        };
    }

    public byte[] EncodeUsage(ResourceStatistics statistics) => StatisticsMapping.ToMessage(statistics).ToByteArray();

    public ResourceStatistics DecodeUsage(ReadOnlySpan<byte> message)
        => StatisticsMapping.ToRecord(Parse(Protocol.ResourceStatistics.Parser, message, "ResourceStatistics"));

    public byte[] EncodeContainers(IEnumerable<ContainerId> containers)
    {
        var message = new Ecp.Containers();
        message.Containers_.Add(containers.Select(static id => new Protocol.ContainerID { Value = id.Value }));
        return message.ToByteArray();
    }

    public IReadOnlyList<ContainerId> DecodeContainers(ReadOnlySpan<byte> message)
        => [.. Parse(Ecp.Containers.Parser, message, "Containers").Containers_.Select(LaunchMapping.Id)];

    public byte[] EncodeSubscribe(
        ExecutorIdentity executor, ReadOnlySpan<byte> launch, bool taskUnacknowledged, IEnumerable<StatusUpdate> unacknowledged)
    {
        Executor.Call call = Call(executor, Executor.Call.Types.Type.Subscribe);
        call.Subscribe = new Executor.Call.Types.Subscribe();
        if (taskUnacknowledged)
        {
            call.Subscribe.UnacknowledgedTasks.Add(Parse(Ecp.Launch.Parser, launch, "Launch").TaskInfo);
        }

        call.Subscribe.UnacknowledgedUpdates.Add(unacknowledged.Select(status => Update(executor, status)));
        return call.ToByteArray();
    }

    public byte[] EncodeStatusUpdate(ExecutorIdentity executor, StatusUpdate status)
    {
        Executor.Call call = Call(executor, Executor.Call.Types.Type.Update);
        call.Update = Update(executor, status);
        return call.ToByteArray();
    }

    public ExecutorEvent DecodeExecutorEvent(ReadOnlySpan<byte> message)
        => StatusMapping.ToEvent(Parse(Executor.Event.Parser, message, "executor event"));

    private static Executor.Call Call(ExecutorIdentity executor, Executor.Call.Types.Type type) => new()
    {
        ExecutorId = new Protocol.ExecutorID { Value = executor.ExecutorId },
        FrameworkId = new Protocol.FrameworkID { Value = executor.FrameworkId },
        Type = type,
    };

    private static Executor.Call.Types.Update Update(ExecutorIdentity executor, StatusUpdate status)
        => new() { Status = StatusMapping.ToMessage(executor, status) };

    private static T Parse<T>(MessageParser<T> parser, ReadOnlySpan<byte> bytes, string what)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new MesosDockerException(Fault.MessageInvalid, $"The {bytes.Length} bytes received are not a {what} message.", e);
        }
    }
}
