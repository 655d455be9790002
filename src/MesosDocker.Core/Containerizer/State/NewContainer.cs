using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>A container's directory that has just been made, with both its locks, to be passed on to its supervisor.</summary>
internal sealed record NewContainer(ContainerDirectory Directory, FileLock Supervisor, FileLock Running) : IDisposable
{
    public void Dispose()
    {
        Supervisor.Dispose();
        Running.Dispose();
    }
}
