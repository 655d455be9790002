namespace MesosDocker.Commands;

/// <summary>The messages of the external containerizer protocol: requests by the name of their verb, then the replies.</summary>
internal enum FrameKind
{
    Launch,
    Update,
    Wait,
    Usage,
    Destroy,
    Termination,
    ResourceStatistics,
    Containers,
}
