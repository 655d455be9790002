using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary><c>containers</c>: those of this agent whose end it has not been told of. One that is broken does not keep the others from
/// being listed.</summary>
internal sealed class ContainersVerb(HookEnvironment hook)
{
    public IReadOnlyList<ContainerId> Handle() => [.. hook.Store.Active(hook.WorkDirectory)];
}
