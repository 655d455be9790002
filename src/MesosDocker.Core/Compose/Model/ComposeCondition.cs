namespace MesosDocker.Compose;

/// <summary>What another service must have reached (compose specification, <c>depends_on</c>).</summary>
public enum ComposeCondition
{
    /// <summary><c>service_started</c></summary>
    Started,

    /// <summary><c>service_healthy</c></summary>
    Healthy,

    /// <summary><c>service_completed_successfully</c></summary>
    Completed,
}
