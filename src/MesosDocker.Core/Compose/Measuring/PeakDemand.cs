namespace MesosDocker.Compose;

/// <summary>
/// The largest sum of what services need that can come about at one time. Services run together, except that one that is waited for with
/// <c>service_completed_successfully</c> has ended before whatever waits for it starts, and before whatever waits for that.
/// </summary>
/// <remarks>
/// Whether a service has started and, where one waits for its end, whether it has ended, are choices: nothing has ended that has not
/// started, and nothing has started before what it waits for. What runs is what has started and not ended, so the peak is the heaviest set
/// of choices that is closed under these rules, if starting weighs what the service needs, and ending as much less.
/// </remarks>
internal sealed class PeakDemand
{
    private readonly List<(int Choice, int Needed)> _rules = [];
    private readonly Dictionary<string, int> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ended = new(StringComparer.Ordinal);

    public PeakDemand(IReadOnlyList<ComposeService> services)
    {
        foreach (ComposeService service in services)
        {
            _started[service.Name] = _started.Count;
        }

        foreach (ComposeService service in services)
        {
            foreach ((string name, ComposeDependency dependency) in service.DependsOn)
            {
                if (_started.TryGetValue(name, out int needed))
                {
                    _rules.Add((_started[service.Name], dependency.Condition == ComposeCondition.Completed ? EndOf(name) : needed));
                }
            }
        }
    }

    public bool EndsFirst(string service) => _ended.ContainsKey(service);

    /// <param name="services">The same in the same order, as whatever the caller knows them.</param>
    /// <param name="demandOf">What one needs; never negative.</param>
    public decimal Of<T>(IReadOnlyList<T> services, Func<T, decimal> demandOf)
    {
        decimal[] weights = new decimal[_started.Count + _ended.Count];
        decimal sum = 0;
        for (int i = 0; i < services.Count; i++)
        {
            weights[i] = demandOf(services[i]);
            sum += weights[i];
        }

        if (_ended.Count == 0)
        {
            return sum;
        }

        foreach ((string name, int end) in _ended)
        {
            weights[end] = -weights[_started[name]];
        }

        return HeaviestClosure.Weigh(weights, _rules);
    }

    private int EndOf(string service)
    {
        if (!_ended.TryGetValue(service, out int end))
        {
            end = _started.Count + _ended.Count;
            _ended[service] = end;
            _rules.Add((end, _started[service]));
        }

        return end;
    }
}
