namespace MesosDocker.Pods;

/// <summary>What the end of all containers of a pod, with status 0, means.</summary>
internal enum PodKind
{
    /// <summary>The work is done.</summary>
    Batch,

    /// <summary>It should have gone on.</summary>
    Service,
}
