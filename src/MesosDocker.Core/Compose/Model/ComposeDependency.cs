namespace MesosDocker.Compose;

/// <summary>That a service starts after another.</summary>
public sealed record ComposeDependency
{
    public ComposeCondition Condition { get; init; }

    /// <summary>False: it starts without the other, too.</summary>
    public bool IsRequired { get; init; } = true;

    /// <summary>It is restarted with the other.</summary>
    public bool Restarts { get; init; }

    /// <summary>It follows from <c>links</c>, <c>volumes_from</c> or a shared namespace, and is not said in <c>depends_on</c>.</summary>
    public bool IsImplied { get; init; }
}
