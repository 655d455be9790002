using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>The container's record in memory and on disk. Changes come from several tasks and are made one after the other.</summary>
internal sealed class RecordKeeper(ContainerDirectory directory, Log log)
{
    private readonly Lock _turn = new();
    private ContainerRecord _record = directory.ReadRecord();

    public ContainerRecord Current => Volatile.Read(ref _record);

    /// <exception cref="MesosDockerException"><see cref="Fault.StateTransitionInvalid"/></exception>
    public ContainerRecord Change(Func<ContainerRecord, ContainerRecord> change)
    {
        lock (_turn)
        {
            ContainerRecord next = change(_record);
            Volatile.Write(ref _record, next);
            try
            {
                directory.Write(next);
            }
            catch (MesosDockerException e) when (e.Fault is Fault.DiskFull or Fault.StateUnusable)
            {
                // The container goes on; a later supervisor would find an older record, and the engine's labels.
                log.Warning(e.Message);
            }

            return next;
        }
    }
}
