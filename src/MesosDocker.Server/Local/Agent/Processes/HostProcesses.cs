using System.Collections.Concurrent;
using MesosDocker.Fetching;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>
/// Executors as processes of this machine, as Mesos's own containerizer runs them with the isolation posix/cpu,posix/mem: in their sandbox, in a session
/// of their own, with their output in it and nothing limited. They run on without the server, and the next one adopts them.
/// </summary>
internal sealed class HostProcesses(HookCalls hook, AgentOptions options, ProcessStore store) : IContainers
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<ContainerId, HostProcess> _running = new();

    public bool Has(ContainerId id) => _running.ContainsKey(id);

    public async Task LaunchAsync(Launch launch, AgentIdentity agent)
    {
        var process = new HostProcess(launch.ContainerId);
        _running[launch.ContainerId] = process;
        try
        {
            await FetchAsync(launch, process.Stopping);
            process.Stopping.ThrowIfCancellationRequested();
            process.Start(await ProcessStart.PrepareAsync(launch, Environment(launch, agent), process.Stopping), store);
        }
        catch (OperationCanceledException) when (process.Stopping.IsCancellationRequested)
        {
            process.NeverRan("It was ended before its executor was started.");
        }
        catch (MesosDockerException)
        {
            Forget(launch.ContainerId);
            throw;
        }
    }

    public async Task<Termination> WaitAsync(ContainerId id, CancellationToken cancellationToken)
    {
        if (!_running.TryGetValue(id, out HostProcess? process))
        {
            return HostProcess.Unknown;
        }

        Termination end = await process.Ended.WaitAsync(cancellationToken);

        // As an agent does when its executor has ended: nothing of its session is left.
        await KillAsync(process, cancellationToken);
        Forget(id);
        return end;
    }

    public async Task DestroyAsync(ContainerId id, CancellationToken cancellationToken)
    {
        if (_running.TryGetValue(id, out HostProcess? process))
        {
            process.Stop();
            while (!process.Ended.IsCompleted)
            {
                await KillAsync(process, cancellationToken);
                await Task.WhenAny(process.Ended, Task.Delay(s_step, cancellationToken)).Unwrap();
            }

            await KillAsync(process, cancellationToken);
            Forget(id);
        }
    }

    public Task<ResourceStatistics> UsageAsync(ContainerId id, CancellationToken cancellationToken)
        => _running.TryGetValue(id, out HostProcess? process) && process.Identity is { IsAlive: true } leader
            ? Task.FromResult(ProcessUsage.Of(ProcessTree.Of(leader)))
            : throw new MesosDockerException(Fault.ContainerNotRunning, $"The executor '{id}' does not run.");

    public Task<IReadOnlyList<ContainerId>> RecoverAsync(CancellationToken cancellationToken)
    {
        foreach ((ContainerId id, ProcessIdentity identity) in store.Load())
        {
            _running.TryAdd(id, HostProcess.Adopt(id, identity));
        }

        return Task.FromResult<IReadOnlyList<ContainerId>>([.. _running.Keys]);
    }

    private void Forget(ContainerId id)
    {
        store.Delete(id);
        if (_running.TryRemove(id, out HostProcess? process))
        {
            process.Dispose();
        }
    }

    private static async Task KillAsync(HostProcess process, CancellationToken cancellationToken)
    {
        while (process.Identity is { } leader && ProcessTree.Kill(leader))
        {
            await Task.Delay(s_step, cancellationToken);
        }
    }

    private async Task FetchAsync(Launch launch, CancellationToken cancellationToken)
    {
        FileOwner? owner = Posix.OwnerOf(launch.Directory!);
        var target = new FetchTarget
        {
            Directory = launch.Directory!,
            Owner = owner is { } who ? new SandboxOwner(who.User, who.Group, launch.User) : null,
        };
        var how = new FetchOptions { Environment = hook.Environment, KeepArchives = true, UnpackSingleFiles = true };
        await Fetcher.FetchAsync(launch.Command?.Uris ?? [], target, how, progress: null, cancellationToken);
    }

    private Dictionary<string, string> Environment(Launch launch, AgentIdentity agent)
    {
        var environment = new Dictionary<string, string>(HookCalls.LaunchEnvironment(hook.Environment, launch, agent, options))
        {
            ["MESOS_SANDBOX"] = launch.Directory!,

            // An executor that listens by libprocess takes any port (docs/configuration.md of Mesos).
            ["LIBPROCESS_PORT"] = "0",
        };
        foreach (EnvironmentVariable variable in launch.Command?.Environment ?? [])
        {
            environment[variable.Name] = variable.Value;
        }

        return environment;
    }
}
