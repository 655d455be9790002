using MesosDocker.Compose;
using MesosDocker.Docker;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>What is mounted into a service's containers: as volumes of Marathon where it has them, else as options of docker run.</summary>
internal sealed class ServiceMounts
{
    private readonly List<Volume> _volumes = [];
    private readonly List<KeyValuePair<string, string>> _parameters = [];

    private ServiceMounts()
    {
    }

    public IReadOnlyList<Volume> Volumes => _volumes;

    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters;

    public static ServiceMounts Of(ServiceCase service)
    {
        var mounts = new ServiceMounts();
        for (int i = 0; i < service.Service.Volumes.Count; i++)
        {
            mounts.Add(service, service.Service.Volumes[i], ((KeyPath)"volumes")[i]);
        }

        return mounts;
    }

    private void Add(ServiceCase service, ComposeMount mount, KeyPath key)
    {
        if (mount.Kind is ComposeMountKind.NamedPipe or ComposeMountKind.Cluster)
        {
            service.Keys.Lose(key, "Docker on an agent of Mesos has no such mounts.", null);
            return;
        }

        MountAccount.Carry(service, mount, key);
        ComposeVolume? volume = mount.Kind == ComposeMountKind.Volume && mount.Source is { } name ? service.Project.Volumes.GetValueOrDefault(name) : null;
        if (mount.Kind == ComposeMountKind.Bind && IsPlain(mount))
        {
            _volumes.Add(new Volume { HostPath = mount.Source, ContainerPath = mount.Target, Mode = mount.IsReadOnly ? "RO" : "RW" });
        }
        else if (Short(mount, volume) is { } text)
        {
            _parameters.Add(new("volume", text));
        }
        else
        {
            _parameters.Add(new("mount", Mounts.Type.Write(Long(mount, volume))));
        }
    }

    private static bool IsPlain(ComposeMount mount)
        => mount is { Propagation: null, SeLinux: null } && !mount.Source!.Contains(':', StringComparison.Ordinal) && !mount.Target.Contains(':', StringComparison.Ordinal);

    // What -v can say, everybody can read.
    private static string? Short(ComposeMount mount, ComposeVolume? volume)
    {
        bool isVolume = mount is { Kind: ComposeMountKind.Volume, SubPath: null } && volume is null or { IsExternal: true } or { Driver: null or "local", DriverOptions.Count: 0, Labels.Count: 0 };
        if (!isVolume && mount.Kind != ComposeMountKind.Bind)
        {
            return null;
        }

        string?[] settings = [mount.IsReadOnly ? "ro" : null, mount.IsNoCopy ? "nocopy" : null, mount.Propagation, mount.SeLinux];
        string[] said = [.. settings.OfType<string>()];
        string? source = volume?.Name ?? mount.Source;
        return source?.Contains(':', StringComparison.Ordinal) == true || mount.Target.Contains(':', StringComparison.Ordinal) ? null
            : source is null ? said.Length > 0 ? null : mount.Target
            : $"{source}:{mount.Target}{(said.Length > 0 ? ":" : "")}{string.Join(',', said)}";
    }

    private static MountSpec Long(ComposeMount mount, ComposeVolume? volume) => new()
    {
        Type = mount.Kind switch
        {
            ComposeMountKind.Bind => "bind",
            ComposeMountKind.Tmpfs => "tmpfs",
            ComposeMountKind.Image => "image",
            _ => "volume",
        },
        Source = volume?.Name ?? mount.Source,
        Target = mount.Target,
        ReadOnly = mount.IsReadOnly ? true : null,
        BindOptions = mount.Propagation is { } propagation ? new BindOptions { Propagation = propagation } : null,
        VolumeOptions = mount.Kind == ComposeMountKind.Volume ? new VolumeOptions
        {
            NoCopy = mount.IsNoCopy ? true : null,
            Subpath = mount.SubPath,
            Labels = volume is { Labels.Count: > 0 } ? volume.Labels : null,
            DriverConfig = volume is { Driver: null, DriverOptions.Count: 0 } or null ? null
                : new VolumeDriverConfig { Name = volume.Driver ?? "local", Options = volume.DriverOptions.Count > 0 ? volume.DriverOptions : null },
        } : null,
        ImageOptions = mount is { Kind: ComposeMountKind.Image, SubPath: { } path } ? new ImageOptions { Subpath = path } : null,
        TmpfsOptions = mount.SizeBytes is null && mount.FileMode is null ? null : new TmpfsOptions { SizeBytes = mount.SizeBytes, Mode = mount.FileMode },
    };
}
