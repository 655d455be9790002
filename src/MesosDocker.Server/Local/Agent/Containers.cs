using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>An executor without a container is a process of this machine; everything else is the containerizer's.</summary>
internal sealed class Containers(HookCalls hook, HostProcesses processes) : IContainers
{
    public Task LaunchAsync(Launch launch, AgentIdentity agent)
        => IsProcess(launch) ? processes.LaunchAsync(launch, agent) : hook.LaunchAsync(launch, agent);

    public Task<Termination> WaitAsync(ContainerId id, CancellationToken cancellationToken) => Of(id).WaitAsync(id, cancellationToken);

    public Task DestroyAsync(ContainerId id, CancellationToken cancellationToken) => Of(id).DestroyAsync(id, cancellationToken);

    public Task<ResourceStatistics> UsageAsync(ContainerId id, CancellationToken cancellationToken) => Of(id).UsageAsync(id, cancellationToken);

    public async Task<IReadOnlyList<ContainerId>> RecoverAsync(CancellationToken cancellationToken)
        => [.. await hook.RecoverAsync(cancellationToken), .. await processes.RecoverAsync(cancellationToken)];

    private static bool IsProcess(Launch launch) => launch is { Task: null, Executor: { Container: null, Command.Container: null } };

    private IContainers Of(ContainerId id) => processes.Has(id) ? processes : hook;
}
