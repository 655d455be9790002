using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>One call of an external containerizer, as an agent makes it.</summary>
public sealed record HookRequest
{
    private HookRequest(HookVerb verb, ContainerId? id, byte[]? message)
    {
        Verb = verb;
        Id = id;
        Message = message;
    }

    public HookVerb Verb { get; }

    /// <summary>The container that is meant; null for verbs that are about all of them.</summary>
    public ContainerId? Id { get; }

    /// <summary>What goes into the request's frame; null: no frame.</summary>
    public byte[]? Message { get; }

    /// <summary>Whether an agent sends a frame with this verb.</summary>
    public static bool HasMessage(HookVerb verb) => verb is not (HookVerb.Containers or HookVerb.Recover);

    /// <summary>Whether an agent expects a frame back.</summary>
    public static bool HasReply(HookVerb verb) => verb is HookVerb.Wait or HookVerb.Usage or HookVerb.Containers;

    public static HookRequest Of(Launch launch) => new(HookVerb.Launch, launch.ContainerId, MesosCodec.EncodeLaunch(launch));

    public static HookRequest Of(Update update) => new(HookVerb.Update, update.ContainerId, MesosCodec.EncodeUpdate(update));

    /// <param name="verb">One that needs to know the container, and no more.</param>
    public static HookRequest Of(HookVerb verb, ContainerId id) => verb is HookVerb.Wait or HookVerb.Usage or HookVerb.Destroy
        ? new HookRequest(verb, id, MesosCodec.EncodeContainerId(id))
        : throw new ArgumentOutOfRangeException(nameof(verb));

    /// <param name="verb">One that is about all containers.</param>
    public static HookRequest Of(HookVerb verb) => HasMessage(verb)
        ? throw new ArgumentOutOfRangeException(nameof(verb))
        : new HookRequest(verb, null, null);

    /// <summary>Of a message as it came. Fields that are not known here are in it, too, and go on.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.MessageInvalid"/>, <see cref="Fault.ContainerIdInvalid"/>.</exception>
    public static HookRequest Of(HookVerb verb, byte[] message) => new(verb, IdIn(verb, message), message);

    private static ContainerId IdIn(HookVerb verb, byte[] message) => verb switch
    {
        HookVerb.Launch => MesosCodec.DecodeLaunch(message).ContainerId,
        HookVerb.Update => MesosCodec.DecodeUpdate(message).ContainerId,
        HookVerb.Wait or HookVerb.Usage or HookVerb.Destroy => MesosCodec.DecodeContainerId(message),
        _ => throw new ArgumentOutOfRangeException(nameof(verb)),
    };
}
