using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>What the agent's executors run in: containers of the containerizer, or, as with an agent's own, processes of this machine.</summary>
internal interface IContainers
{
    /// <summary>Returns when somebody has taken it over.</summary>
    /// <exception cref="MesosDockerException">It cannot run.</exception>
    Task LaunchAsync(Launch launch, AgentIdentity agent);

    /// <summary>Until it has ended.</summary>
    /// <exception cref="MesosDockerException">It cannot be waited for now.</exception>
    Task<Termination> WaitAsync(ContainerId id, CancellationToken cancellationToken);

    /// <summary>Ends it with everything in it. Fine as well if there is nothing of it.</summary>
    /// <exception cref="MesosDockerException">It cannot be ended now.</exception>
    Task DestroyAsync(ContainerId id, CancellationToken cancellationToken);

    /// <exception cref="MesosDockerException">It cannot be told.</exception>
    Task<ResourceStatistics> UsageAsync(ContainerId id, CancellationToken cancellationToken);

    /// <summary>After a start: those whose end nobody was told.</summary>
    /// <exception cref="MesosDockerException">They cannot be found out.</exception>
    Task<IReadOnlyList<ContainerId>> RecoverAsync(CancellationToken cancellationToken);
}
