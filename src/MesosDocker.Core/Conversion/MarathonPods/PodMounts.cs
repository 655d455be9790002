using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>The volumes of a pod, which its containers mount by their names.</summary>
internal sealed class PodMounts
{
    private readonly OrderedDictionary<string, PodVolume> _volumes = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SecretSource> _secrets = [];

    public IReadOnlyList<PodVolume> Volumes => [.. _volumes.Values];

    public IReadOnlyDictionary<string, SecretSource> Secrets => _secrets;

    /// <summary>Those of one service.</summary>
    public IReadOnlyList<VolumeMount> Of(ServiceCase service)
    {
        List<VolumeMount> mounts = [];
        for (int i = 0; i < service.Service.Volumes.Count; i++)
        {
            ComposeMount mount = service.Service.Volumes[i];
            KeyPath key = ((KeyPath)"volumes")[i];
            if (mount.Kind is not (ComposeMountKind.Bind or ComposeMountKind.Volume))
            {
                service.Keys.Lose(key, "Marathon's pods have volumes of the host, and such as live as long as the pod.", Reasons.AsPod);
                continue;
            }

            Account(service, mount, key);
            PodVolume volume = mount.Kind == ComposeMountKind.Bind
                ? Volume($"host {mount.Source}", Path.GetFileName(mount.Source!), name => new PodVolume { Name = name, Host = mount.Source })
                : Volume(mount.Source is null ? $"own {service.Service.Name} {i}" : $"named {mount.Source}", mount.Source ?? service.Service.Name, static name => new PodVolume { Name = name });
            mounts.Add(new VolumeMount { Name = volume.Name, MountPath = mount.Target, ReadOnly = mount.IsReadOnly ? true : null });
        }

        return [.. mounts, .. OfSecrets(service)];
    }

    // Only what the secret store has; a file of this machine is not there.
    private IEnumerable<VolumeMount> OfSecrets(ServiceCase service)
    {
        for (int i = 0; i < service.Service.Secrets.Count; i++)
        {
            ComposeFileMount mount = service.Service.Secrets[i];
            if (service.Project.Secrets.GetValueOrDefault(mount.Source) is not { IsExternal: true } secret)
            {
                continue;
            }

            KeyPath key = ((KeyPath)"secrets")[i];
            service.Keys.Carry(key["source"]);
            service.Keys.Carry(key["target"]);
            PodVolume volume = Volume($"secret {secret.Key}", secret.Key, name => new PodVolume { Name = name, Secret = secret.Key });
            _secrets[secret.Key] = new SecretSource { Source = secret.Name };
            yield return new VolumeMount { Name = volume.Name, MountPath = mount.Target };
        }
    }

    private static void Account(ServiceCase service, ComposeMount mount, KeyPath key)
    {
        MountAccount.Carry(service, mount, key);
        string? setting = mount.Propagation ?? mount.SeLinux ?? mount.SubPath ?? (mount.IsNoCopy ? "nocopy" : null);
        if (setting is not null)
        {
            service.Keys.Lose(key, $"Marathon's pods mount volumes for reading, or also for writing, and know no '{setting}'.", null);
        }
    }

    private PodVolume Volume(string identity, string wanted, Func<string, PodVolume> make)
    {
        if (!_names.TryGetValue(identity, out string? name))
        {
            name = AppNames.Distinct([.. _volumes.Keys, wanted])[^1];
            _names[identity] = name;
            _volumes[name] = make(name);
        }

        return _volumes[name];
    }
}
