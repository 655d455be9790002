using System.Diagnostics;
using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Benchmarks;

/// <summary>The same asked of the engine directly, by a process that is warm and connected: the least that anybody could need.</summary>
internal sealed class Raw(DockerEngine engine, string image, string label)
{
    private const long Megabyte = 1024 * 1024;
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    public async Task<(string Id, TimeSpan ToStarted)> RunAsync(string command)
    {
        DateTimeOffset asked = DateTimeOffset.UtcNow;
        CreatedContainer created = await engine.CreateAsync(
            new ContainerSpec
            {
                Image = image,
                Cmd = ["sh", "-c", command],
                Labels = new Dictionary<string, string> { [label] = "" },
                HostConfig = new HostConfig { Memory = 32 * Megabyte, CpuShares = 102 },
            },
            null,
            null,
            CancellationToken.None);
        await engine.StartAsync(created.Id, CancellationToken.None);
        ContainerDetails details = await engine.InspectAsync(created.Id, CancellationToken.None);
        return (created.Id, details.State.StartedAt!.Value - asked);
    }

    public async Task<TimeSpan> UpdateAsync(string id, long shares)
        => await TimeAsync(() => engine.UpdateAsync(id, new ResourceUpdate { CpuShares = shares }, CancellationToken.None));

    public async Task<TimeSpan> StopAsync(string id, TimeSpan grace)
        => await TimeAsync(() => engine.StopAsync(id, grace, CancellationToken.None));

    public Task RemoveAsync(string id) => engine.RemoveAsync(id, force: true, volumes: true, CancellationToken.None);

    /// <summary>The engine's own <c>/wait</c> on any container.</summary>
    public Task<ContainerWait> BeginWaitAsync(string id)
        => engine.BeginWaitAsync(id, WaitCondition.NotRunning, CancellationToken.None);

    /// <summary>Waits until containers of the hook's are running. One question for all of them, and not often: the engine has other work.</summary>
    /// <exception cref="TimeoutException"/>
    public async Task<IReadOnlyList<ContainerDetails>> RunningAsync(params IReadOnlyList<Launch> launches)
    {
        var waited = Stopwatch.StartNew();
        string[] labels = launches.Count == 1 ? [$"mesosdocker.container={launches[0].ContainerId}"] : ["mesosdocker.agent=bench"];
        while (waited.Elapsed < s_patience)
        {
            IReadOnlyList<ContainerSummary> found = await engine.ListAsync(new ContainerFilter { Labels = labels }, CancellationToken.None);
            if (found.Count == launches.Count)
            {
                return await Task.WhenAll(found.Select(one => engine.InspectAsync(one.Id, CancellationToken.None)));
            }

            await Task.Delay(launches.Count == 1 ? s_poll : s_poll * 10);
        }

        throw new TimeoutException($"Not all of {launches.Count} containers came to run.");
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> action)
    {
        long started = Stopwatch.GetTimestamp();
        await action();
        return Stopwatch.GetElapsedTime(started);
    }
}
