using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What health and readiness checks tell about tasks.</summary>
internal sealed class HealthNews(Turn turn)
{
    private readonly EventsOf _events = new(turn.Agent, turn.Now);

    public void Probe(ProbeReport report)
    {
        if (turn.State.Instances.TryGetValue(report.TaskId, out Instance? instance)
            && instance.App.HealthChecks is { } checks && report.Check >= 0 && report.Check < checks.Count)
        {
            Health(instance, report);
        }
    }

    public void Ready(string taskId, ReadinessResult result)
    {
        // Once it was ready, nobody asks any more; an answer that was on its way does not take it back.
        if (turn.State.Instances.TryGetValue(taskId, out Instance? instance) && instance.Readiness?.Ready != true)
        {
            JournalRecord noted = new ReadinessNoted(taskId, result);
            if (result.Ready == true)
            {
                turn.Record(noted);
                turn.Touch(instance.AppId);
            }
            else
            {
                turn.Note(noted);
            }
        }
    }

    /// <summary>What the checks found that are made where the task runs.</summary>
    public void Agents(Instance instance, AgentUpdate update, bool isHealthy)
    {
        IReadOnlyList<HealthCheck> checks = instance.App.HealthChecks ?? [];
        for (int i = 0; i < checks.Count; i++)
        {
            if (!HealthCount.IsMarathons(checks[i]))
            {
                string? cause = isHealthy ? null : update.Message;
                Health(turn.State.Instances[instance.TaskId], new ProbeReport(instance.TaskId, i, isHealthy, update.Timestamp, cause));
            }
        }
    }

    private void Health(Instance instance, ProbeReport report)
    {
        HealthCheck check = instance.App.HealthChecks![report.Check];
        HealthResult? before = instance.Health.GetValueOrDefault(report.Check);
        HealthCount count = HealthCount.Of(instance, check, before, report.IsAlive, report.At, report.Cause);
        if (count.Result is not { } result)
        {
            return;
        }

        bool? wasHealthy = InstanceHealth.Of(instance);
        var noted = new HealthNoted(instance.TaskId, report.Check, result);
        if (before?.Alive == result.Alive)
        {
            turn.Note(noted);
        }
        else
        {
            turn.Record(noted);
            turn.Tell(_events.Health(instance, result.Alive == true));
            turn.Touch(instance.AppId);
        }

        if (!report.IsAlive)
        {
            turn.Tell(_events.HealthCheckFailed(instance, check));
        }

        Instance now = turn.State.Instances[instance.TaskId];
        if (InstanceHealth.Of(now) is { } healthy && healthy != wasHealthy)
        {
            turn.Tell(_events.InstanceHealth(now, healthy));
        }

        if (count.IsTooMuch)
        {
            foreach (MarathonEvent killed in _events.UnhealthyKill(now, report.Cause))
            {
                turn.Tell(killed);
            }

            turn.Kill(now, isForGood: false);
        }
    }
}
