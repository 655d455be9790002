namespace MesosDocker.Compose;

/// <summary>How a service's health is found out (compose specification, <c>healthcheck</c>); null is as the image says.</summary>
public sealed record ComposeHealthcheck
{
    /// <summary>Nothing is checked, whatever the image says.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Begins with <c>CMD</c> or <c>CMD-SHELL</c>; empty where only the times are said.</summary>
    public IReadOnlyList<string> Test { get; init; } = [];

    public TimeSpan? Interval { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? StartPeriod { get; init; }

    public TimeSpan? StartInterval { get; init; }

    public int? Retries { get; init; }
}
