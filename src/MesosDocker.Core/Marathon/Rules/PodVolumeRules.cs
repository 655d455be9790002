namespace MesosDocker.Marathon;

internal static class PodVolumeRules
{
    public static void Check(PodCase pod)
    {
        Place at = Place.Root["volumes"];
        HashSet<string> mounted = [.. pod.Containers
            .SelectMany(static container => container.VolumeMounts ?? [])
            .Select(static mount => mount.Name ?? "")];
        HashSet<string> seen = [];
        for (int i = 0; i < pod.Volumes.Count; i++)
        {
            PodVolume volume = pod.Volumes[i];
            pod.Found.ErrorIf(!mounted.Contains(volume.Name ?? ""), at[i], "must be mounted by at least one container (volumeMounts).");
            pod.Found.ErrorIf(!seen.Add(volume.Name ?? ""), at, "names of volumes must be different.");
            pod.Found.ErrorIf(
                volume.Secret is { } secret && !pod.Secrets.ContainsKey(secret),
                at[i]["secret"],
                $"names the secret '{volume.Secret}', which secrets does not have.");
            pod.NeedsFeature(volume.Secret is not null, Features.Secrets, at[i]);
            if (volume.Persistent is { } persistent)
            {
                PersistentRules.Check(persistent, at[i]["persistent"], pod.Found);
            }
        }
    }
}
