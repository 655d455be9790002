namespace MesosDocker.Pods;

/// <summary>The parts of a pod's life before and after which programs of its operator may run.</summary>
internal enum PodPhase
{
    Fetch,
    Pull,
    Up,
    Stop,
}
