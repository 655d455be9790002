using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>One line of <c>GET /events</c>.</summary>
public sealed record EngineEvent
{
    /// <summary><c>container image network volume daemon</c>...</summary>
    public string Type { get; init; } = "";

    /// <summary><c>create start die oom kill destroy</c>... An exec's has its command after a colon.</summary>
    public string Action { get; init; } = "";

    public EventActor? Actor { get; init; }

    public DateTimeOffset Time { get; init; }

    internal static EngineEvent From(JsonElement json) => new()
    {
        Type = json.Text("Type") ?? "",
        Action = json.Text("Action") ?? "",
        Actor = json.Object("Actor", EventActor.From),
        Time = DateTimeOffset.UnixEpoch.AddTicks((json.Number("timeNano") ?? 0) / TimeSpan.NanosecondsPerTick),
    };
}

/// <summary>What the event happened to.</summary>
public sealed record EventActor
{
    public string Id { get; init; } = "";

    /// <summary>A container's labels among others, its <c>name</c>, <c>image</c> and at its end <c>exitCode</c>.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    internal static EventActor From(JsonElement json) => new()
    {
        Id = json.Text("ID") ?? "",
        Attributes = json.TextMap("Attributes") ?? new Dictionary<string, string>(),
    };
}

/// <summary>Which events; several values of one kind mean any of them, labels mean all of them.</summary>
public sealed record EventFilter
{
    public IReadOnlyList<string> Types { get; init; } = [];

    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>Names or ids.</summary>
    public IReadOnlyList<string> Containers { get; init; } = [];

    /// <summary><c>name</c> or <c>name=value</c>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Those since then come first, as far as the engine remembers (256 events).</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The stream ends there.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Events as they happen, from the moment this exists. Disposing it ends them.</summary>
public sealed class EngineEvents : IDisposable
{
    private const int LongestEvent = 1024 * 1024;

    private readonly EngineReply _reply;
    private readonly JsonSequence _sequence;
    private readonly Func<ReadOnlyMemory<byte>, EngineEvent> _parse;

    internal EngineEvents(EngineReply reply, Func<ReadOnlyMemory<byte>, EngineEvent> parse)
    {
        _reply = reply;
        _sequence = new JsonSequence(reply, LongestEvent);
        _parse = parse;
    }

    /// <summary>Ends when the engine ends it: at <see cref="EventFilter.Until"/>, or because it stops. Read it once.</summary>
    public async IAsyncEnumerable<EngineEvent> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await _sequence.ReadAsync(cancellationToken).ConfigureAwait(false) is { } json)
        {
            yield return _parse(json);
        }
    }

    public void Dispose() => _reply.Dispose();

    internal MesosDockerException EndedEarly()
        => EngineFailure.Invalid(_reply.Endpoint, _reply.Action, "the events ended");
}
