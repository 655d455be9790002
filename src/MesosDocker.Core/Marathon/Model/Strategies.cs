using System.Text.Json.Serialization;

namespace MesosDocker.Marathon;

/// <summary>How many instances a deployment may take away, and start beyond those wanted; each a part of all, 0 to 1.</summary>
public sealed record UpgradeStrategy : MarathonObject
{
    public double? MinimumHealthCapacity { get; init; }

    public double? MaximumOverCapacity { get; init; }
}

/// <summary>What is done about tasks whose agent cannot be reached; <c>"disabled"</c>, or after how many seconds.</summary>
[JsonConverter(typeof(UnreachableStrategyConverter))]
public sealed record UnreachableStrategy : MarathonObject
{
    public bool IsDisabled { get; init; }

    /// <summary>After this long another task is started in its place.</summary>
    public long? InactiveAfterSeconds { get; init; }

    /// <summary>After this long it is forgotten, and killed if it comes back.</summary>
    public long? ExpungeAfterSeconds { get; init; }

    public static UnreachableStrategy Disabled { get; } = new() { IsDisabled = true };
}

/// <summary>Of tasks with persistent volumes; without effect since Marathon 1.5.</summary>
public sealed record Residency : MarathonObject
{
    public long? RelaunchEscalationTimeoutSeconds { get; init; }

    public string? TaskLostBehavior { get; init; }
}
