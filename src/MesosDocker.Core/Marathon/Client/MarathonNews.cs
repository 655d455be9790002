namespace MesosDocker.Marathon;

/// <summary>What a stream of events brings: an event, or that the stream begins anew.</summary>
/// <param name="Event">Null: the stream has just been opened.</param>
public readonly record struct MarathonNews(MarathonEvent? Event)
{
    public static MarathonNews Connected => default;
}
