namespace MesosDocker.Marathon;

/// <summary>Which apps are wanted.</summary>
public sealed record AppQuery
{
    /// <summary>Part of the id.</summary>
    public string? Id { get; init; }

    /// <summary>A selector: <c>tier==front,env in (test,prod)</c>.</summary>
    public string? Label { get; init; }

    /// <summary>With tasks, the last failure...; counts and deployments are there always.</summary>
    public bool WithTasks { get; init; }
}
