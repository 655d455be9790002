using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>Marathon's own rules for pods.</summary>
internal static class PodRules
{
    public static void Check(JsonElement json, MarathonSettings? settings, Findings found)
    {
        PodShapes.Pod.Check(json, Place.Root, found);
        if (!found.IsUnreadable)
        {
            Check(new PodCase(json.Deserialize(MarathonJson.Default.Pod)!, settings, found));
        }
    }

    private static void Check(PodCase pod)
    {
        Pod said = pod.Said;
        IdRules.Check(said.Id, Place.Root["id"], pod.Found);
        NetworkRules.Check(said.Networks ?? [], Place.Root["networks"], pod.Settings, pod.Found);
        LinuxRules.CheckPod(said.LinuxInfo, Place.Root["linuxInfo"], pod.Found);
        AppSecretRules.CheckVariables(said.Environment, pod.Secrets, Place.Root["environment"], pod.Found);
        pod.NeedsFeature(pod.Secrets.Count > 0, Features.Secrets, Place.Root["secrets"]);
        CheckContainers(pod);
        PodVolumeRules.Check(pod);
        PodSchedulingRules.Check(pod);
    }

    private static void CheckContainers(PodCase pod)
    {
        Place at = Place.Root["containers"];
        for (int i = 0; i < pod.Containers.Count; i++)
        {
            PodContainerRules.Check(pod, pod.Containers[i], at[i]);
        }

        Endpoint[] endpoints = [.. pod.Containers.SelectMany(static container => container.Endpoints ?? [])];
        Unique(pod, pod.Containers.Select(static container => container.Name), at, "names of containers must be different.");
        Unique(pod, endpoints.Select(static endpoint => endpoint.Name), Place.Root, "names of endpoints must be different, across all containers.");
        Unique(
            pod,
            endpoints.Select(static endpoint => endpoint.ContainerPort?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Place.Root,
            "container ports must be different, because the containers of a pod share a network.");
        Unique(
            pod,
            endpoints.Where(static endpoint => endpoint.HostPort > 0)
                .Select(static endpoint => endpoint.HostPort?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            Place.Root,
            "host ports must be different.");
    }

    private static void Unique(PodCase pod, IEnumerable<string?> all, Place at, string message)
    {
        string[] said = [.. all.OfType<string>()];
        pod.Found.ErrorIf(said.Distinct().Count() != said.Length, at, message);
    }
}
