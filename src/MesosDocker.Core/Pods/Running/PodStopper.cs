using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>
/// Stops a pod's containers, those that depend on others first: each gets its stop signal and its time, and all together no more than the order
/// leaves them. What has not ended then is left for the cleaner, which kills.
/// </summary>
internal sealed class PodStopper(DockerEngine engine, PodPlan plan, StopSwitch orders, Log log)
{
    // Compose's own.
    private static readonly TimeSpan s_usualGrace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    private Deadline _last;

    /// <param name="order">Null: nobody ordered it; the pod has failed, or is done.</param>
    /// <param name="taskGrace">By the task's own kill policy.</param>
    public async Task StopAsync(StopOrder? order, TimeSpan? taskGrace, CancellationToken cancellationToken)
    {
        TimeSpan? whole = order?.Grace ?? taskGrace;
        _last = Deadline.In(Shorter(whole ?? s_longest, s_longest));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        over.CancelAfter(Positive(_last.Left));
        Task hurry = HurryAsync(over);
        try
        {
            foreach (IReadOnlyList<PlannedService> level in PodOrder.Stopping(plan.Services))
            {
                PodContainer[] running = [.. (await ListAsync(over.Token).ConfigureAwait(false)).Where(container
                    => level.Any(service => service.Name == container.Service))];
                await Task
                    .WhenAll(running.Select(container => StopAsync(container, whole is null ? s_usualGrace : Positive(_last.Left), over.Token)))
                    .ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            log.Info($"'{plan.Pod}' has had its time.");
        }
        catch (MesosDockerException e)
        {
            log.Warning(e.Message);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await hurry.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A later order may leave less time.</summary>
    private async Task HurryAsync(CancellationTokenSource over)
    {
        while (true)
        {
            StopOrder order = await orders.Orders.ReadAsync(over.Token).ConfigureAwait(false);
            if (order.Grace is { } grace)
            {
                _last = Deadline.Earlier(_last, Deadline.In(Shorter(grace, s_longest)));
                over.CancelAfter(Positive(_last.Left));
            }
        }
    }

    private async Task StopAsync(PodContainer container, TimeSpan left, CancellationToken cancellationToken)
    {
        TimeSpan own = plan.Find(container.Service)?.StopGrace ?? left;
        try
        {
            await engine.StopAsync(container.Id, Shorter(own, left), cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault is Fault.ContainerNotFound or Fault.ContainerNotRunning)
        {
            // It has ended by itself.
        }
    }

    private async Task<IReadOnlyList<PodContainer>> ListAsync(CancellationToken cancellationToken)
    {
        var filter = new ContainerFilter { Labels = [$"{PodLabels.Pod}={plan.Pod}"], States = ["running", "restarting", "paused"] };
        IReadOnlyList<ContainerSummary> found = await engine.ListAsync(filter, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(static summary => new PodContainer
        {
            Id = summary.Id,
            Name = summary.Name,
            Service = summary.Labels.GetValueOrDefault(PodLabels.ComposeService) ?? "",
            State = new ContainerState { Status = summary.State },
        })];
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
