using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>What follows for one health check of a task from what it found.</summary>
/// <param name="Result">Null: it does not count.</param>
/// <param name="IsTooMuch">It failed so often in a row that the task is to be ended.</param>
internal sealed record HealthCount(HealthResult? Result, bool IsTooMuch)
{
    private static readonly HealthCount s_nothing = new(null, false);

    public static HealthCount Of(Instance instance, HealthCheck check, HealthResult? before, bool isAlive, DateTimeOffset at, string? cause)
    {
        if (instance.Condition != InstanceCondition.Running)
        {
            return s_nothing;
        }

        string moment = Moments.Text(at);
        HealthResult result = before ?? new HealthResult { InstanceId = instance.InstanceId, ConsecutiveFailures = 0 };
        if (isAlive)
        {
            string first = result.FirstSuccess ?? moment;
            return new HealthCount(result with { Alive = true, ConsecutiveFailures = 0, FirstSuccess = first, LastSuccess = moment }, false);
        }

        // Until it was alive once, it has time to become so.
        bool isGrace = result.FirstSuccess is null && at < instance.StartedAt + TimeSpan.FromSeconds(check.GracePeriodSeconds ?? 300);
        if (isGrace)
        {
            return s_nothing;
        }

        int failures = (result.ConsecutiveFailures ?? 0) + 1;
        int most = check.MaxConsecutiveFailures ?? 3;
        return new HealthCount(
            result with { Alive = false, ConsecutiveFailures = failures, LastFailure = moment, LastFailureCause = cause },
            IsMarathons(check) && most > 0 && failures >= most);
    }

    /// <summary>Made by Marathon; the others are made where the task runs, and so is what follows.</summary>
    public static bool IsMarathons(HealthCheck check)
        => check.Protocol != HealthProtocols.Command && !HealthProtocols.IsMesosProbe(check.Protocol);
}
