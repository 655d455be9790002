using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// Ends a running container when it is ordered: first its stop signal, then, when the grace is over, SIGKILL, by the engine or, where
/// that does not answer, straight to its first process, with which the kernel ends all others.
/// </summary>
internal sealed class ContainerStopper(
    DockerEngine engine, string id, string? stopSignal, ProcessIdentity? process, TimeSpan defaultGrace, StopSwitch orders, Log log)
{
    private const string DefaultSignal = "SIGTERM";
    private const string Kill = "SIGKILL";

    private static readonly TimeSpan s_engineLimit = TimeSpan.FromSeconds(3);

    // A timer cannot wait for more than 49 days; a task may be given more.
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_killInterval = TimeSpan.FromSeconds(2);

    /// <summary>Runs until it is cancelled, which is when the container has ended.</summary>
    /// <param name="ordered">Told of the first order.</param>
    public async Task RunAsync(Action<StopOrder> ordered, CancellationToken ended)
    {
        StopOrder order = await orders.Orders.ReadAsync(ended).ConfigureAwait(false);
        ordered(order);
        Deadline deadline = Deadline.In(Grace(order));
        if (Grace(order) > TimeSpan.Zero)
        {
            string signal = stopSignal is { Length: > 0 } ? stopSignal : DefaultSignal;
            await SignalAsync(signal, Libc.SignalTerminate, ended).ConfigureAwait(false);
        }

        await WaitAsync(deadline, ended).ConfigureAwait(false);
        while (true)
        {
            await SignalAsync(Kill, Libc.SignalKill, ended).ConfigureAwait(false);
            await Task.Delay(s_killInterval, ended).ConfigureAwait(false);
        }
    }

    /// <summary>Until the deadline; a later order may bring it nearer.</summary>
    private async Task WaitAsync(Deadline deadline, CancellationToken ended)
    {
        while (deadline.Left is { } left && left > TimeSpan.Zero)
        {
            using var slept = CancellationTokenSource.CreateLinkedTokenSource(ended);
            slept.CancelAfter(left < s_longestSleep ? left : s_longestSleep);
            try
            {
                StopOrder order = await orders.Orders.ReadAsync(slept.Token).ConfigureAwait(false);
                deadline = Deadline.Earlier(deadline, Deadline.In(Grace(order)));
            }
            catch (OperationCanceledException) when (!ended.IsCancellationRequested)
            {
                // The deadline, or the longest sleep, is over.
            }
        }
    }

    private async Task SignalAsync(string signal, int number, CancellationToken ended)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ended);
        limit.CancelAfter(s_engineLimit);
        try
        {
            await engine.KillAsync(id, signal, limit.Token).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Fault is Fault.ContainerNotFound or Fault.ContainerNotRunning)
        {
            // It has ended, and its end is on the way here.
        }
        catch (Exception e) when (e is MesosDockerException or OperationCanceledException && !ended.IsCancellationRequested)
        {
            log.Warning($"The Docker engine does not pass {signal} on; its process {process?.Pid} gets it directly.");
            process?.Signal(number);
        }
    }

    private TimeSpan Grace(StopOrder order) => order.Grace ?? defaultGrace;
}
