using Google.Protobuf;
using MesosDocker.Adapters.Wire.Protocol;
using MesosDocker.Adapters.Wire.Protocol.External;

namespace MesosDocker.Adapters.Wire;

/// <summary>Shows a message of the external containerizer protocol as JSON, with every field that the .proto files beside this one have.</summary>
public static class FrameText
{
    private static readonly JsonFormatter s_formatter = new(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true));

    /// <param name="kind"><c>Launch</c>, <c>Update</c>, <c>Wait</c>, <c>Usage</c>, <c>Destroy</c>, <c>Termination</c>, <c>ResourceStatistics</c> or
    /// <c>Containers</c>.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.MessageInvalid"/>, <see cref="Fault.UsageInvalid"/>.</exception>
    public static string ToJson(string kind, byte[] message)
    {
        MessageParser parser = kind switch
        {
            "Launch" => Launch.Parser,
            "Update" => Update.Parser,
            "Wait" => Wait.Parser,
            "Usage" => Usage.Parser,
            "Destroy" => Destroy.Parser,
            "Termination" => Termination.Parser,
            "ResourceStatistics" => ResourceStatistics.Parser,
            "Containers" => Containers.Parser,
            _ => throw new MesosDockerException(Fault.UsageInvalid, $"There is no message '{kind}' in the external containerizer protocol."),
        };
        try
        {
            return s_formatter.Format(parser.ParseFrom(message));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new MesosDockerException(Fault.MessageInvalid, $"The {message.Length} bytes are not a {kind} message.", e);
        }
    }
}
