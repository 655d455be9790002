namespace MesosDocker.Compose;

/// <summary>What happens when a container ends: <c>restart</c>, or <c>deploy.restart_policy</c>, which is stronger.</summary>
public sealed record ComposeRestart
{
    /// <summary><c>no</c>, <c>always</c>, <c>on-failure</c> or <c>unless-stopped</c>.</summary>
    public required string Policy { get; init; }

    /// <summary>How often; null: without end.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>Between two attempts; null: none is said.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>How long it has to run to count as restarted; null: none is said.</summary>
    public TimeSpan? Window { get; init; }
}
