using System.Globalization;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Pods;

/// <summary>
/// Says how a pod stands, by its containers alone. A container that ends with another status than 0 has failed once its restart policy starts it no
/// more; one whose policy would always start it and that stands still was stopped by somebody else. The pod runs when compose has started all of it,
/// each service has its containers, and those whose health is checked are healthy.
/// </summary>
internal sealed class PodJudge(PodPlan plan, bool endUnhealthy)
{
    /// <param name="isUp">Compose has started all of it.</param>
    /// <param name="vanished">A container that was there and is no more.</param>
    public PodVerdict Judge(IReadOnlyList<PodContainer> containers, PodContainer? vanished, bool isUp)
    {
        if (vanished is not null)
        {
            return new PodVerdict.Failed($"{Subject(vanished)} is gone: somebody else removed it.", null, null);
        }

        foreach (PodContainer container in containers)
        {
            if (FailureOf(container) is { } failure)
            {
                return failure;
            }
        }

        return !isUp ? new PodVerdict.Waiting("compose to start its services")
            : Missing(containers) is { } missing ? new PodVerdict.Waiting(missing)
            : containers.All(static container => container.HasEnded) ? End()
            : Health(containers);
    }

    /// <summary>With what is known of its end, in a sentence.</summary>
    public string Describe(PodContainer container)
    {
        WaitStatus status = WaitStatus.FromEngine(container.State.ExitCode);
        string restarts = container.Restarts switch
        {
            0 => "",
            1 => ", after 1 restart",
            _ => string.Create(CultureInfo.InvariantCulture, $", after {container.Restarts} restarts"),
        };
        string memory = container.State.OomKilled ? " It ran out of memory." : "";
        string error = container.State.Error is { Length: > 0 } words ? $" Docker says: {words.TrimEnd('.', '\n')}." : "";
        return container.HasEnded
            ? $"{Subject(container)} {status}{restarts}.{memory}{error}"
            : $"{Subject(container)} is {container.State.Status}{restarts}.{memory}{error}";
    }

    private PodVerdict.Failed? FailureOf(PodContainer container)
    {
        bool stands = container.HasEnded && plan.Find(container.Service) is { RestartsAlways: true };
        if (stands || (container.HasEnded && container.State.ExitCode != 0))
        {
            string stopped = stands ? " It is not restarted, as it always should be: somebody else has stopped it." : "";
            return new PodVerdict.Failed(
                Describe(container) + stopped, container, container.State.OomKilled ? StatusReason.ContainerLimitationMemory : null);
        }

        return container is { IsRunning: true, Health: "unhealthy" } && endUnhealthy
            ? new PodVerdict.Failed($"{Subject(container)} is unhealthy.", container, null)
            : null;
    }

    private string? Missing(IReadOnlyList<PodContainer> containers)
    {
        foreach (PlannedService service in plan.Services)
        {
            PodContainer[] own = [.. containers.Where(container => container.Service == service.Name)];
            if (own.Length < service.Replicas)
            {
                return $"a container of the service '{service.Shown}'";
            }

            if (own.FirstOrDefault(static container => !container.IsRunning && !container.HasEnded) is { } late)
            {
                return $"the container '{late.Name}', which is {late.State.Status}";
            }

            if (own.FirstOrDefault(static container => container is { IsRunning: true, Health: "starting" }) is { } sick)
            {
                return $"the container '{sick.Name}' to become healthy";
            }
        }

        return null;
    }

    private PodVerdict End() => plan.Kind == PodKind.Batch
        ? new PodVerdict.Finished()
        : new PodVerdict.Failed("All containers of the pod have ended, with status 0, and it is a service, which should go on.", null, null);

    private static PodVerdict.Running Health(IReadOnlyList<PodContainer> containers)
    {
        PodContainer? sick = containers.FirstOrDefault(static container => container is { IsRunning: true, Health: "unhealthy" });
        bool anyLooks = containers.Any(static container => container is { IsRunning: true, Health: not null });
        return new PodVerdict.Running(anyLooks ? sick is null : null, sick is null ? null : $"The container '{sick.Name}' is unhealthy.");
    }

    private string Subject(PodContainer container)
        => $"The container '{container.Name}' of the service '{plan.Find(container.Service)?.Shown ?? container.Service}'";
}
