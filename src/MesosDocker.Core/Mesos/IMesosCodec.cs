namespace MesosDocker.Mesos;

/// <summary>
/// Turns Mesos's protobuf messages into records and back. The one implementation is in Adapters, where the protobuf package is.
/// Decoding throws <see cref="Fault.MessageInvalid"/> for bytes that are not the message, and <see cref="Fault.ContainerIdInvalid"/>
/// for an id that is not safe.
/// </summary>
public interface IMesosCodec
{
    Launch DecodeLaunch(ReadOnlySpan<byte> message);

    byte[] EncodeLaunch(Launch launch);

    Update DecodeUpdate(ReadOnlySpan<byte> message);

    byte[] EncodeUpdate(Update update);

    /// <summary><c>Wait</c>, <c>Usage</c> and <c>Destroy</c> are one message by three names.</summary>
    ContainerId DecodeContainerId(ReadOnlySpan<byte> message);

    byte[] EncodeContainerId(ContainerId id);

    byte[] EncodeTermination(Termination termination);

    Termination DecodeTermination(ReadOnlySpan<byte> message);

    byte[] EncodeUsage(ResourceStatistics statistics);

    ResourceStatistics DecodeUsage(ReadOnlySpan<byte> message);

    byte[] EncodeContainers(IEnumerable<ContainerId> containers);

    IReadOnlyList<ContainerId> DecodeContainers(ReadOnlySpan<byte> message);

    /// <param name="launch">The raw <c>Launch</c> message, whose <c>TaskInfo</c> goes with a subscription as not yet acknowledged.</param>
    byte[] EncodeSubscribe(ExecutorIdentity executor, ReadOnlySpan<byte> launch, bool taskUnacknowledged, IEnumerable<StatusUpdate> unacknowledged);

    byte[] EncodeStatusUpdate(ExecutorIdentity executor, StatusUpdate status);

    ExecutorEvent DecodeExecutorEvent(ReadOnlySpan<byte> message);
}

/// <summary>Who speaks, in every call of the executor API.</summary>
public sealed record ExecutorIdentity(string FrameworkId, string ExecutorId);
