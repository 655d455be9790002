using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace MesosDocker.Local;

/// <summary>What the agent remembers of one task that it was given, on disk after every change.</summary>
internal sealed record RunRecord
{
    // Of health checks that change their mind for ever.
    private const int MostRemembered = 100;

    public required string TaskId { get; init; }

    public required string AppId { get; init; }

    public required string FrameworkId { get; init; }

    public required string ExecutorId { get; init; }

    /// <summary>A UUID, of this run only.</summary>
    public required string ContainerId { get; init; }

    /// <summary>The sandbox.</summary>
    public required string Directory { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The containerizer has it.</summary>
    public bool IsTaken { get; init; }

    /// <summary>Its executor has the task.</summary>
    public bool IsReceived { get; init; }

    /// <summary>Updates that the scheduler has not acknowledged, oldest first.</summary>
    public ImmutableList<AgentUpdate> Pending { get; init; } = [];

    /// <summary>Every update that came, the last ones at least; executors repeat what they are not sure of.</summary>
    public ImmutableList<AgentUpdate> Told { get; init; } = [];

    /// <summary>When its container was known to have ended, or never to begin.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The scheduler does not know it (any more), and wants to hear nothing of it.</summary>
    public bool IsForgotten { get; init; }

    [JsonIgnore]
    public AgentUpdate? Last => Told.IsEmpty ? null : Told[^1];

    /// <summary>Its end has been told by somebody.</summary>
    [JsonIgnore]
    public bool IsTerminal => Last is { IsTerminal: true };

    /// <summary>Nothing more will come of it.</summary>
    [JsonIgnore]
    public bool IsOver => Ended is not null && Pending.IsEmpty && (IsTerminal || IsForgotten);

    public bool Knows(Guid update) => Told.Exists(told => told.Uuid == update);

    public RunRecord Add(AgentUpdate update) => this with
    {
        Pending = IsForgotten ? Pending : Pending.Add(update),
        Told = (Told.Count == MostRemembered ? Told.RemoveAt(0) : Told).Add(update),
    };

    public RunRecord Acknowledge(Guid update) => this with { Pending = Pending.RemoveAll(pending => pending.Uuid == update) };
}

/// <summary>Which agent this is; it stays the same over restarts, for executors come back to its port.</summary>
internal sealed record AgentIdentity(string AgentId, int Port)
{
    /// <summary>Where its API is: only programs of this machine reach it.</summary>
    [JsonIgnore]
    public string Endpoint => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>As libprocess writes it.</summary>
    [JsonIgnore]
    public string Pid => $"slave(1)@{Endpoint}";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(AgentIdentity))]
internal sealed partial class AgentJson : JsonSerializerContext;
