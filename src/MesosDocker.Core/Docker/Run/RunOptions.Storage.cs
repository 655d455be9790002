namespace MesosDocker.Docker;

/// <content>Volumes, mounts and devices.</content>
public static partial class RunOptions
{
    private static readonly OptionType<KeyValuePair<string, string>> s_tmpfs = Pairs(
        "path[:settings]", "a path, with settings behind a colon if need be, such as /run:size=64m", t => t is [not ':', ..], ':');

    private static RunOption[] OfStorage() =>
    [
        Row("volume", OptionKind.List, "[source:]target[:settings]", "Mount a directory of the host, or a volume.",
            Volumes.Add, Volumes.Values) with { Short = 'v' },
        HostText("volume-driver", "driver", "The driver of volumes that this container makes.",
            h => h.VolumeDriver, (h, v) => h with { VolumeDriver = v }),
        HostList("volumes-from", OptionTypes.Item with { Placeholder = "container" }, "Mount what another container has mounted.",
            h => h.VolumesFrom, (h, v) => h with { VolumesFrom = v }),
        HostList("mount", Mounts.Type, "Mount a directory, a volume, an image or memory.",
            h => h.Mounts, (h, v) => h with { Mounts = v }),
        HostMap("tmpfs", s_tmpfs, "Mount memory as a directory.",
            h => h.Tmpfs, (h, v) => h with { Tmpfs = v }),
        OfHost("read-only", OptionTypes.Flag, "Mount the container's root file system read-only.",
            h => h.ReadonlyRootfs, (h, v) => h with { ReadonlyRootfs = v }),
        HostMap("storage-opt", Pairs("name=value", "name=value, such as size=10G", HasKeyAndValue),
            "An option of the storage driver.",
            h => h.StorageOpt, (h, v) => h with { StorageOpt = v }),
        OfHost("shm-size", OptionTypes.Bytes, "The size of /dev/shm.",
            h => h.ShmSize, (h, v) => h with { ShmSize = v }),
    ];

    private static RunOption[] OfDevices() =>
    [
        Row(
            "gpus",
            OptionKind.List,
            Gpus.Type.Placeholder,
            "GPUs for the container: all, a number, or which.",
            (r, v) => r.With(r.Host() with { DeviceRequests = r.Host().DeviceRequests.Append(Gpus.Type.Read(v)) }),
            r => (r.Host().DeviceRequests ?? []).Where(request => !Devices.IsCdi(request)).Select(Gpus.Type.Write)),
        Row("device", OptionKind.List, "path[:path][:rwm]", "A device of the host, or one by its CDI name.",
            Devices.Add, Devices.Values),
        HostList("device-cgroup-rule", Devices.CgroupRule, "A rule about devices the container may use.",
            h => h.DeviceCgroupRules, (h, v) => h with { DeviceCgroupRules = v }),
        OfHost("blkio-weight", OptionTypes.Weight, "The share of block input and output, 10 to 1000; 0 for none.",
            h => h.BlkioWeight, (h, v) => h with { BlkioWeight = v }),
        HostList("blkio-weight-device", Devices.Weight, "The share of one device's input and output.",
            h => h.BlkioWeightDevice, (h, v) => h with { BlkioWeightDevice = v }),
        HostList("device-read-bps", Devices.BytesRate, "Bytes a second that may be read of a device.",
            h => h.BlkioDeviceReadBps, (h, v) => h with { BlkioDeviceReadBps = v }),
        HostList("device-write-bps", Devices.BytesRate, "Bytes a second that may be written to a device.",
            h => h.BlkioDeviceWriteBps, (h, v) => h with { BlkioDeviceWriteBps = v }),
        HostList("device-read-iops", Devices.Operations, "Reads a second of a device.",
            h => h.BlkioDeviceReadIops, (h, v) => h with { BlkioDeviceReadIops = v }),
        HostList("device-write-iops", Devices.Operations, "Writes a second to a device.",
            h => h.BlkioDeviceWriteIops, (h, v) => h with { BlkioDeviceWriteIops = v }),
    ];
}
