using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>The volumes of a pod, by the names by which its containers mount them.</summary>
internal sealed class PodVolumes(Pod pod, KeyLedger fields)
{
    private const string Lost = "The next pod begins with an empty one, and compose's stays.";

    public void Mount(ReturnCase container, PodContainer said)
    {
        KeyPath mounts = "volumeMounts";
        for (int i = 0; i < said.VolumeMounts?.Count; i++)
        {
            VolumeMount mount = said.VolumeMounts[i];
            container.Fields.Carry(mounts[i]);
            PodVolume? volume = pod.Volumes?.FirstOrDefault(one => one.Name == mount.Name);
            if (volume is null || mount.MountPath is not { } path)
            {
                container.Fields.Lose(mounts[i], $"The pod has no volume '{mount.Name}'.", "Name one of its volumes.");
            }
            else if (volume.Secret is { } secret)
            {
                string key = container.Project.AddSecret(secret, pod.Secrets?.GetValueOrDefault(secret)?.Source);
                container.Service.Add("secrets", Made.Map(Made.Field("source", Made.Text(key)), Made.Field("target", Made.Text(path))));
            }
            else
            {
                container.Service.Add("volumes", volume.Host is { } host
                    ? ReturnedVolumes.Bind(host, path, mount.ReadOnly == true)
                    : ReturnedVolumes.Volume(container.Project.AddVolume(volume.Name!), path, mount.ReadOnly == true));
            }
        }
    }

    /// <summary>The account of the pod's own fields.</summary>
    public void Account()
    {
        KeyPath volumes = "volumes";
        for (int i = 0; i < pod.Volumes?.Count; i++)
        {
            PodVolume volume = pod.Volumes[i];
            fields.Carry(volumes[i]["name"]);
            fields.Carry(volumes[i]["host"]);
            fields.Carry(volumes[i]["secret"]);
            if (volume.Secret is { } secret)
            {
                fields.Carry(((KeyPath)"secrets")[secret]);
            }
            else if (volume.Host is null)
            {
                fields.Lose(volumes[i], volume.Persistent is null ? Lost : "Compose reserves no disk, and its volume is not of one pod alone.", null);
            }
        }
    }
}
