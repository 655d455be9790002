using MesosDocker.Compose;
using MesosDocker.Pods;

namespace MesosDocker.Conversion;

/// <summary>How long a pod may take to stop: containers are stopped before those that they depend on, each with a time of its own.</summary>
internal static class PodGrace
{
    private static readonly TimeSpan s_usual = TimeSpan.FromSeconds(10);

    public static int Seconds(ComposeProject project)
    {
        ComposeService[] services = [.. project.Services.Values.Where(ServicePorts.HasContainers)];
        Dictionary<string, TimeSpan> times = services.ToDictionary(static service => service.Name, Own);

        // No chain is longer than there are services, and compose refuses circles.
        bool changed = true;
        for (int round = 0; changed && round < services.Length; round++)
        {
            changed = false;
            foreach (ComposeService service in services)
            {
                foreach (string name in service.DependsOn.Keys)
                {
                    if (times.TryGetValue(name, out TimeSpan below) && Own(service) + below > times[service.Name])
                    {
                        times[service.Name] = Own(service) + below;
                        changed = true;
                    }
                }
            }
        }

        return (int)Math.Min(int.MaxValue, Math.Ceiling(times.Values.Aggregate(TimeSpan.Zero, static (most, time) => time > most ? time : most).TotalSeconds));
    }

    private static TimeSpan Own(ComposeService service) => service.StopGracePeriod ?? s_usual;
}
