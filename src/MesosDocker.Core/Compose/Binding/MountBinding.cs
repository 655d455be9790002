using MesosDocker.Io;

namespace MesosDocker.Compose;

internal static class MountBinding
{
    private const string ReadOnly = "ro";

    public static ComposeMount Bind(SourceNode item)
    {
        if (item is SourceScalar text)
        {
            ComposeMount mount = MountText.Read(text.Value)!;
            return mount with { Target = ComposePaths.Clean(mount.Target) };
        }

        var map = new CanonicalMap((SourceMap)item);
        CanonicalMap bind = map.Map("bind");
        return new ComposeMount
        {
            Kind = Kind(map.Text("type")),
            Source = map.Text("source"),
            Target = ComposePaths.Clean(map.Text("target")!),
            IsReadOnly = map.Flag("read_only") ?? false,
            Propagation = bind.Text("propagation"),
            CreatesHostPath = bind.IsThere && bind.Flag("create_host_path") != false,
            SeLinux = bind.Text("selinux"),
            IsNoCopy = map.Map("volume").Flag("nocopy") ?? false,
            SubPath = map.Map("volume").Text("subpath") ?? map.Map("image").Text("subpath"),
            SizeBytes = map.Map("tmpfs").Bytes("size"),
            FileMode = map.Map("tmpfs").FileMode("mode"),
        };
    }

    public static ComposeVolumesFrom From(string text) => text.Split(':') switch
    {
        ["container", var source, .. var mode] => new ComposeVolumesFrom { Source = source, IsContainer = true, IsReadOnly = mode is [ReadOnly, ..] },
        ["service", var source, .. var mode] when mode.Length > 0 => new ComposeVolumesFrom { Source = source, IsReadOnly = mode is [ReadOnly, ..] },
        [var source, .. var mode] => new ComposeVolumesFrom { Source = source, IsReadOnly = mode is [ReadOnly, ..] },
        _ => new ComposeVolumesFrom { Source = text },
    };

    /// <param name="folder">Where it is put where nothing is said.</param>
    public static ComposeFileMount File(CanonicalMap map, string folder)
    {
        string source = map.Text("source")!;
        return new ComposeFileMount
        {
            Source = source,
            Target = map.Text("target") is not { } target ? folder + source : target.StartsWith('/') ? target : folder + target,
            UserId = map.Text("uid"),
            GroupId = map.Text("gid"),
            FileMode = map.FileMode("mode"),
        };
    }

    public static string Device(SourceNode item)
    {
        var map = new CanonicalMap(item as SourceMap);
        return item is SourceScalar text ? text.Value : $"{map.Text("source")}:{map.Text("target") ?? map.Text("source")}:{map.Text("permissions") ?? "rwm"}";
    }

    private static ComposeMountKind Kind(string? type) => type switch
    {
        "bind" => ComposeMountKind.Bind,
        "tmpfs" => ComposeMountKind.Tmpfs,
        "image" => ComposeMountKind.Image,
        "npipe" => ComposeMountKind.NamedPipe,
        "cluster" => ComposeMountKind.Cluster,
        _ => ComposeMountKind.Volume,
    };
}
