using System.Globalization;
using MesosDocker.Mesos;

namespace MesosDocker.Containerizer;

/// <summary>
/// Checks a task's health as mesos-health-check does (src/health-check/main.cpp of Mesos 1.0): a first check after the delay, failures
/// within the grace period do not count until a first success, and after enough failures in a row the task is to be killed.
/// </summary>
/// <param name="probe">One check: null if healthy, else what is wrong.</param>
/// <param name="report">Called when the health has changed, with what was seen.</param>
internal sealed class HealthMonitor(
    HealthCheck check, Func<CancellationToken, Task<string?>> probe, Action<bool, string> report, TimeProvider clock)
{
    /// <returns>Why the task is to be killed.</returns>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        await Task.Delay(check.Delay, clock, cancellationToken).ConfigureAwait(false);
        bool? healthy = null;
        int failures = 0;
        while (true)
        {
            string? wrong = await ProbeAsync(cancellationToken).ConfigureAwait(false);
            if (wrong is null)
            {
                failures = 0;
                if (healthy != true)
                {
                    healthy = true;
                    report(true, "The health check succeeds.");
                }
            }
            else if (healthy is not null || clock.GetElapsedTime(started) >= check.GracePeriod)
            {
                failures++;
                if (healthy != false)
                {
                    healthy = false;
                    report(false, $"The health check fails: {wrong}.");
                }

                if (failures >= check.ConsecutiveFailures)
                {
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"its health check, which failed {failures} times in a row, the last time with: {wrong}");
                }
            }

            await Task.Delay(check.Interval, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using ITimer timer = clock.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), limit, check.Timeout, Timeout.InfiniteTimeSpan);
        try
        {
            return await probe(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"no answer within {check.Timeout.TotalSeconds:0.#} seconds");
        }
    }
}
