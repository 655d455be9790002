namespace MesosDocker.Marathon;

/// <summary>What one container of a pod is given. Megabytes; processors in shares.</summary>
public sealed record Resources : MarathonObject
{
    public double? Cpus { get; init; }

    public double? Mem { get; init; }

    public double? Disk { get; init; }

    public int? Gpus { get; init; }
}

/// <summary>What the executor is given beside its tasks.</summary>
public sealed record ExecutorResources : MarathonObject
{
    public double? Cpus { get; init; }

    public double? Mem { get; init; }

    public double? Disk { get; init; }
}

/// <summary>How much more than its share a task may take while it is there.</summary>
public sealed record ResourceLimits : MarathonObject
{
    public ResourceLimit? Cpus { get; init; }

    public ResourceLimit? Mem { get; init; }
}
