namespace MesosDocker.Docker;

/// <summary>
/// <c>--mount</c>: <c>type=bind,source=/a,target=/b,readonly,…</c> (docs.docker.com/engine/storage). Names of settings and of types may
/// be in capitals; what belongs to one type is refused for another.
/// </summary>
internal static class Mounts
{
    public static readonly OptionType<MountSpec> Type = new(OptionKind.List, "type=…,target=…", Read, Write);

    private const string Bind = "bind";
    private const string Volume = "volume";
    private const string Image = "image";
    private const string Tmpfs = "tmpfs";

    private const string WantedFields
        = "settings key=value separated by commas, such as type=bind,source=/data,target=/mnt,readonly";

    private static MountSpec Read(OptionValue value)
    {
        var mount = new MountSpec { Type = Volume };
        foreach (string field in CsvFields.Read(value.Text) ?? throw value.Invalid(WantedFields))
        {
            mount = field.Split('=', 2) is [var key, var text]
                ? Set(mount, key.ToLowerInvariant(), text, value)
                : SetFlag(mount, field.ToLowerInvariant(), value);
        }

        Require(mount.Type.Length > 0, "a type, such as type=bind");
        Require(!string.IsNullOrEmpty(mount.Target), "a target: the path in the container");
        Require(mount.VolumeOptions is null || mount.Type == Volume, "volume-… settings only with type=volume");
        Require(mount.BindOptions is null || mount.Type == Bind, "bind-… settings only with type=bind");
        Require(mount.ImageOptions is null || mount.Type == Image, "image-… settings only with type=image");
        Require(mount.TmpfsOptions is null || mount.Type == Tmpfs, "tmpfs-… settings only with type=tmpfs");
        Require(
            mount.BindOptions?.ReadOnlyNonRecursive != true || mount.ReadOnly == true,
            "readonly beside bind-recursive=writable");
        Require(
            mount.BindOptions?.ReadOnlyForceRecursive != true || mount is { ReadOnly: true, BindOptions.Propagation: "rprivate" },
            "readonly and bind-propagation=rprivate beside bind-recursive=readonly");
        return mount;

        void Require(bool right, string wanted)
        {
            if (!right)
            {
                throw value.Invalid(wanted);
            }
        }
    }

    private static MountSpec SetFlag(MountSpec mount, string key, OptionValue value) => key switch
    {
        "readonly" or "ro" or "volume-nocopy" or "bind-nonrecursive" => Set(mount, key, "true", value),
        _ => throw value.Invalid(WantedFields),
    };

    private static MountSpec Set(MountSpec mount, string key, string text, OptionValue value)
    {
        BindOptions bind = mount.BindOptions ?? new BindOptions();
        VolumeOptions volume = mount.VolumeOptions ?? new VolumeOptions();
        VolumeDriverConfig driver = volume.DriverConfig ?? new VolumeDriverConfig();
        TmpfsOptions tmpfs = mount.TmpfsOptions ?? new TmpfsOptions();
        return key switch
        {
            "type" => mount with { Type = text.ToLowerInvariant() },
            "source" or "src" => mount with { Source = text.StartsWith('.') ? value.Files.FullPath(text) : text },
            "target" or "dst" or "destination" => mount with { Target = text },
            "readonly" or "ro" => mount with { ReadOnly = Flag(key, text, value) },
            "consistency" => mount with { Consistency = text.ToLowerInvariant() },
            "bind-propagation" => mount with { BindOptions = bind with { Propagation = text.ToLowerInvariant() } },
            "bind-nonrecursive" => mount with { BindOptions = bind with { NonRecursive = Flag(key, text, value) } },
            "bind-recursive" => text switch
            {
                "enabled" => mount,
                "disabled" => mount with { BindOptions = bind with { NonRecursive = true } },
                "writable" => mount with { BindOptions = bind with { ReadOnlyNonRecursive = true } },
                "readonly" => mount with { BindOptions = bind with { ReadOnlyForceRecursive = true } },
                _ => throw value.Invalid("enabled, disabled, writable or readonly as bind-recursive="),
            },
            "volume-nocopy" => mount with { VolumeOptions = volume with { NoCopy = Flag(key, text, value) } },
            "volume-subpath" => mount with { VolumeOptions = volume with { Subpath = text } },
            "volume-label" => mount with { VolumeOptions = volume with { Labels = Put(volume.Labels, text) } },
            "volume-driver" => WithDriver(driver with { Name = text }),
            "volume-opt" => WithDriver(driver with { Options = Put(driver.Options, text) }),
            "image-subpath" => mount with { ImageOptions = new ImageOptions { Subpath = text } },
            "tmpfs-size" => mount with { TmpfsOptions = tmpfs with { SizeBytes = Size(text, value) } },
            "tmpfs-mode" => mount with { TmpfsOptions = tmpfs with { Mode = Mode(text, value) } },
            _ => throw value.Invalid($"settings that exist, and '{OptionValue.Shown(key)}' does not"),
        };

        MountSpec WithDriver(VolumeDriverConfig config) => mount with { VolumeOptions = volume with { DriverConfig = config } };
    }

    private static IReadOnlyDictionary<string, string>? Put(IReadOnlyDictionary<string, string>? map, string text)
    {
        string[] parts = text.Split('=', 2);
        return parts[0].Length == 0 ? map : map.Put(parts[0], parts is [_, var value] ? value : "");
    }

    private static bool Flag(string key, string text, OptionValue value)
        => GoNumbers.TryFlag(text, out bool flag) ? flag : throw value.Invalid($"true or false as {key}=");

    private static long Size(string text, OptionValue value)
        => Quantities.TryBytes(text, out long bytes) ? bytes : throw value.Invalid($"{Quantities.WantedBytes}, as tmpfs-size=");

    private static int Mode(string text, OptionValue value)
    {
        const int MostDigits = 10;
        bool octal = text.Length is > 0 and <= MostDigits && text.All(c => c is >= '0' and <= '7');
        return octal ? Convert.ToInt32(text, 8) : throw value.Invalid("a file mode in octal, such as 1777, as tmpfs-mode=");
    }

    private static string Write(MountSpec mount) => CsvFields.Write(Fields(mount)
        .Where(field => field.Text is not null)
        .Select(field => field.Text is { Length: 0 } && field.Flag ? field.Key : $"{field.Key}={field.Text}"));

    private static IEnumerable<(string Key, string? Text, bool Flag)> Fields(MountSpec mount)
    {
        yield return ("type", mount.Type, false);
        yield return ("source", mount.Source, false);
        yield return ("target", mount.Target, false);
        yield return Flag("readonly", mount.ReadOnly);
        yield return ("consistency", mount.Consistency, false);

        BindOptions bind = mount.BindOptions ?? new BindOptions();
        yield return ("bind-propagation", bind.Propagation, false);
        yield return Flag("bind-nonrecursive", bind.NonRecursive == true ? null : bind.NonRecursive);
        yield return ("bind-recursive", bind.NonRecursive == true ? "disabled" : null, false);
        yield return ("bind-recursive", bind.ReadOnlyNonRecursive == true ? "writable" : null, false);
        yield return ("bind-recursive", bind.ReadOnlyForceRecursive == true ? "readonly" : null, false);

        VolumeOptions volume = mount.VolumeOptions ?? new VolumeOptions();
        yield return Flag("volume-nocopy", volume.NoCopy);
        yield return ("volume-subpath", volume.Subpath, false);
        yield return ("volume-driver", volume.DriverConfig?.Name, false);
        foreach ((string key, string text) in volume.Labels.Grow())
        {
            yield return ("volume-label", $"{key}={text}", false);
        }

        foreach ((string key, string text) in (volume.DriverConfig?.Options).Grow())
        {
            yield return ("volume-opt", $"{key}={text}", false);
        }

        yield return ("image-subpath", mount.ImageOptions?.Subpath, false);
        yield return ("tmpfs-size", mount.TmpfsOptions?.SizeBytes is { } size ? Quantities.SayBytes(size) : null, false);
        yield return ("tmpfs-mode", mount.TmpfsOptions?.Mode is { } mode ? Convert.ToString(mode, 8) : null, false);
    }

    private static (string Key, string? Text, bool Flag) Flag(string key, bool? value)
        => (key, value switch { null => null, true => "", false => "false" }, true);
}
