using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>What a status update carries as its data: the pod, its ports, and each container, as JSON.</summary>
internal static class PodDescription
{
    // Masters keep the data of every task's last update in memory.
    private const int MostContainers = 100;

    public static byte[] Write(PodPlan plan, IReadOnlyList<PodContainer> containers) => JsonText.Write(json =>
    {
        json.WriteString("pod", plan.Pod);
        json.PutList("ports", plan.Ports, static (item, port) =>
        {
            item.WriteString("service", port.Service);
            item.WriteNumber("containerPort", port.Target);
            item.WriteNumber("hostPort", port.Host);
            item.WriteString("protocol", port.Protocol);
        });
        PodContainer[] told = [.. containers.Take(MostContainers)];
        json.PutList("containers", told, (item, container) =>
        {
            item.WriteString("service", plan.Find(container.Service)?.Shown ?? container.Service);
            item.WriteString("name", container.Name);
            item.WriteString("id", container.Id);
            item.WriteString("state", container.State.Status);
            item.Put("health", container.Health);
            if (container.HasEnded)
            {
                item.WriteNumber("exitCode", container.State.ExitCode);
                item.WriteBoolean("outOfMemory", container.State.OomKilled);
            }

            item.WriteNumber("restarts", container.Restarts);
            item.Put("addresses", container.Addresses);
        });
    });
}
