using System.Diagnostics.CodeAnalysis;
using System.Net;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>One check of one task, as long as the task runs.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer, whose end is its cancellation, has nothing to give back.")]
internal sealed class RunningProbe(int check, Instance instance)
{
    private readonly CancellationTokenSource _end = new();
    private int _asked;
    private bool _hasSucceeded = instance.Health.GetValueOrDefault(check)?.FirstSuccess is not null;

    /// <summary>As it was last seen: an address may come late.</summary>
    public Instance Instance { get; set; } = instance;

    public Task Asking { get; set; } = Task.CompletedTask;

    public CancellationToken Ended => _end.Token;

    public bool HasEnded => _end.IsCancellationRequested;

    private HealthCheck Health => Instance.App.HealthChecks![check];

    private ReadinessCheck Readiness => Instance.App.ReadinessChecks![0];

    public void End() => _end.Cancel();

    public DateTimeOffset NextDue(DateTimeOffset now) => check == ProbePlan.Readiness
        ? ProbeSchedule.Next(Readiness, _asked, now)
        : ProbeSchedule.Next(Instance, Health, _asked, _hasSucceeded, now);

    public async Task AskAsync(Prober prober, Cluster cluster, IPAddress host, TimeProvider time, CancellationToken cancellationToken)
    {
        Instance asked = Instance;
        _asked++;
        if (check == ProbePlan.Readiness)
        {
            ReadinessResult result = await prober.AskReadinessAsync(asked.TaskId, ProbeTarget.Of(asked, Readiness, host), Readiness, cancellationToken);
            await cluster.ReportAsync(asked.TaskId, result, cancellationToken);
            return;
        }

        ProbeOutcome outcome = ProbeTarget.Of(asked, Health, host) is { } target
            ? await prober.AskAsync(target, Health, cancellationToken)
            : ProbeOutcome.NotAlive("the task has no such port, or no address yet");
        if (outcome.IsAlive is { } isAlive)
        {
            _hasSucceeded |= isAlive;
            await cluster.ReportAsync(new ProbeReport(asked.TaskId, check, isAlive, time.GetUtcNow(), outcome.Cause), cancellationToken);
        }
    }
}
