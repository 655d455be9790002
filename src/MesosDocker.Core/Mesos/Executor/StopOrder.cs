namespace MesosDocker.Mesos;

/// <summary>That a task is to end.</summary>
/// <param name="By">Who wants it, to follow "stopped by".</param>
/// <param name="Grace">Null: the task's own, else the default.</param>
internal sealed record StopOrder(string By, TimeSpan? Grace)
{
    /// <summary>Nobody wanted the task to end; what it needs is gone.</summary>
    public bool IsFailure { get; init; }

    /// <summary>Its health check failed.</summary>
    public bool Unhealthy { get; init; }
}
