namespace MesosDocker.Compose;

public enum ComposeMountKind
{
    Volume,
    Bind,
    Tmpfs,
    Image,
    NamedPipe,
    Cluster,
}
