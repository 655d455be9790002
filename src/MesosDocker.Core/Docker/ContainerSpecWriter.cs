using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>A <see cref="ContainerSpec"/> as the engine reads it. A test holds it to the records and the names that their
/// attributes give.</summary>
internal static class ContainerSpecWriter
{
    public static void WriteTo(this ContainerSpec spec, Utf8JsonWriter json)
    {
        json.Put("Hostname", spec.Hostname);
        json.Put("Domainname", spec.Domainname);
        json.Put("User", spec.User);
        json.Put("AttachStdin", spec.AttachStdin);
        json.Put("AttachStdout", spec.AttachStdout);
        json.Put("AttachStderr", spec.AttachStderr);
        json.PutMap("ExposedPorts", spec.ExposedPorts, WriteEmpty);
        json.Put("Tty", spec.Tty);
        json.Put("OpenStdin", spec.OpenStdin);
        json.Put("StdinOnce", spec.StdinOnce);
        json.Put("Env", spec.Env);
        json.Put("Cmd", spec.Cmd);
        json.PutObject("Healthcheck", spec.Healthcheck, WriteHealthcheck);
        json.Put("Image", spec.Image);
        json.PutMap("Volumes", spec.Volumes, WriteEmpty);
        json.Put("WorkingDir", spec.WorkingDir);
        json.Put("Entrypoint", spec.Entrypoint);
        json.Put("MacAddress", spec.MacAddress);
        json.Put("Labels", spec.Labels);
        json.Put("StopSignal", spec.StopSignal);
        json.Put("StopTimeout", spec.StopTimeout);
        json.PutObject("HostConfig", spec.HostConfig, WriteHost);
        json.PutObject("NetworkingConfig", spec.NetworkingConfig, static (writer, networking) =>
            writer.PutMap(
                "EndpointsConfig", networking.EndpointsConfig, static (inner, endpoint) => inner.Write(endpoint, WriteEndpoint)));
    }

    public static void WriteRestartPolicy(Utf8JsonWriter json, RestartPolicy policy)
    {
        json.Put("Name", policy.Name);
        json.Put("MaximumRetryCount", policy.MaximumRetryCount);
    }

    public static void WriteEndpoint(Utf8JsonWriter json, EndpointSpec endpoint)
    {
        json.PutObject("IPAMConfig", endpoint.Ipam, static (writer, addresses) =>
        {
            writer.Put("IPv4Address", addresses.IPv4Address);
            writer.Put("IPv6Address", addresses.IPv6Address);
            writer.Put("LinkLocalIPs", addresses.LinkLocalIps);
        });
        json.Put("Links", endpoint.Links);
        json.Put("Aliases", endpoint.Aliases);
        json.Put("MacAddress", endpoint.MacAddress);
        json.Put("DriverOpts", endpoint.DriverOpts);
        json.Put("GwPriority", endpoint.GwPriority);
    }

    private static void WriteEmpty(Utf8JsonWriter json, Empty empty)
    {
        json.WriteStartObject();
        json.WriteEndObject();
    }

    private static void WriteHealthcheck(Utf8JsonWriter json, HealthcheckSpec check)
    {
        json.Put("Test", check.Test);
        json.Put("Interval", check.Interval);
        json.Put("Timeout", check.Timeout);
        json.Put("StartPeriod", check.StartPeriod);
        json.Put("StartInterval", check.StartInterval);
        json.Put("Retries", check.Retries);
    }

    private static void WriteHost(Utf8JsonWriter json, HostConfig host)
    {
        json.Put("Binds", host.Binds);
        json.Put("ContainerIDFile", host.ContainerIdFile);
        json.PutObject("LogConfig", host.LogConfig, static (writer, log) =>
        {
            writer.Put("Type", log.Type);
            writer.Put("Config", log.Config);
        });
        json.Put("NetworkMode", host.NetworkMode);
        json.PutMap("PortBindings", host.PortBindings, static (writer, bindings) => writer.Write(bindings, WritePort));
        json.PutObject("RestartPolicy", host.RestartPolicy, WriteRestartPolicy);
        json.Put("AutoRemove", host.AutoRemove);
        json.Put("VolumeDriver", host.VolumeDriver);
        json.Put("VolumesFrom", host.VolumesFrom);
        json.Put("Annotations", host.Annotations);
        json.Put("CapAdd", host.CapAdd);
        json.Put("CapDrop", host.CapDrop);
        json.Put("CgroupnsMode", host.CgroupnsMode);
        json.Put("Dns", host.Dns);
        json.Put("DnsOptions", host.DnsOptions);
        json.Put("DnsSearch", host.DnsSearch);
        json.Put("ExtraHosts", host.ExtraHosts);
        json.Put("GroupAdd", host.GroupAdd);
        json.Put("IpcMode", host.IpcMode);
        json.Put("Links", host.Links);
        json.Put("OomScoreAdj", host.OomScoreAdj);
        json.Put("PidMode", host.PidMode);
        json.Put("Privileged", host.Privileged);
        json.Put("PublishAllPorts", host.PublishAllPorts);
        json.Put("ReadonlyRootfs", host.ReadonlyRootfs);
        json.Put("SecurityOpt", host.SecurityOpt);
        json.Put("MaskedPaths", host.MaskedPaths);
        json.Put("ReadonlyPaths", host.ReadonlyPaths);
        json.Put("StorageOpt", host.StorageOpt);
        json.Put("Tmpfs", host.Tmpfs);
        json.Put("UTSMode", host.UtsMode);
        json.Put("UsernsMode", host.UsernsMode);
        json.Put("ShmSize", host.ShmSize);
        json.Put("Sysctls", host.Sysctls);
        json.Put("Runtime", host.Runtime);
        json.Put("Isolation", host.Isolation);
        WriteResources(json, host);
        json.PutList("Mounts", host.Mounts, WriteMount);
    }

    private static void WriteResources(Utf8JsonWriter json, HostConfig host)
    {
        json.Put("CpuShares", host.CpuShares);
        json.Put("Memory", host.Memory);
        json.Put("NanoCpus", host.NanoCpus);
        json.Put("CgroupParent", host.CgroupParent);
        json.Put("BlkioWeight", host.BlkioWeight);
        json.PutList("BlkioWeightDevice", host.BlkioWeightDevice, static (writer, device) =>
        {
            writer.Put("Path", device.Path);
            writer.WriteNumber("Weight", device.Weight);
        });
        json.PutList("BlkioDeviceReadBps", host.BlkioDeviceReadBps, WriteThrottle);
        json.PutList("BlkioDeviceWriteBps", host.BlkioDeviceWriteBps, WriteThrottle);
        json.PutList("BlkioDeviceReadIOps", host.BlkioDeviceReadIops, WriteThrottle);
        json.PutList("BlkioDeviceWriteIOps", host.BlkioDeviceWriteIops, WriteThrottle);
        json.Put("CpuPeriod", host.CpuPeriod);
        json.Put("CpuQuota", host.CpuQuota);
        json.Put("CpuRealtimePeriod", host.CpuRealtimePeriod);
        json.Put("CpuRealtimeRuntime", host.CpuRealtimeRuntime);
        json.Put("CpusetCpus", host.CpusetCpus);
        json.Put("CpusetMems", host.CpusetMems);
        json.PutList("Devices", host.Devices, static (writer, device) =>
        {
            writer.Put("PathOnHost", device.PathOnHost);
            writer.Put("PathInContainer", device.PathInContainer);
            writer.Put("CgroupPermissions", device.CgroupPermissions);
        });
        json.Put("DeviceCgroupRules", host.DeviceCgroupRules);
        json.PutList("DeviceRequests", host.DeviceRequests, WriteDeviceRequest);
        json.Put("KernelMemory", host.KernelMemory);
        json.Put("MemoryReservation", host.MemoryReservation);
        json.Put("MemorySwap", host.MemorySwap);
        json.Put("MemorySwappiness", host.MemorySwappiness);
        json.Put("OomKillDisable", host.OomKillDisable);
        json.Put("Init", host.Init);
        json.Put("PidsLimit", host.PidsLimit);
        json.PutList("Ulimits", host.Ulimits, static (writer, limit) =>
        {
            writer.Put("Name", limit.Name);
            writer.WriteNumber("Hard", limit.Hard);
            writer.WriteNumber("Soft", limit.Soft);
        });
        json.Put("CpuCount", host.CpuCount);
        json.Put("CpuPercent", host.CpuPercent);
        json.Put("IOMaximumIOps", host.IoMaximumIops);
        json.Put("IOMaximumBandwidth", host.IoMaximumBandwidth);
    }

    private static void WritePort(Utf8JsonWriter json, PortBinding binding)
    {
        json.Put("HostIp", binding.HostIp);
        json.Put("HostPort", binding.HostPort);
    }

    private static void WriteThrottle(Utf8JsonWriter json, ThrottleDevice device)
    {
        json.Put("Path", device.Path);
        json.WriteNumber("Rate", device.Rate);
    }

    private static void WriteDeviceRequest(Utf8JsonWriter json, DeviceRequest request)
    {
        json.Put("Driver", request.Driver);
        json.WriteNumber("Count", request.Count);
        json.Put("DeviceIDs", request.DeviceIds);
        WriteLists(json, "Capabilities", request.Capabilities);
        json.Put("Options", request.Options);
    }

    private static void WriteMount(Utf8JsonWriter json, MountSpec mount)
    {
        json.Put("Type", mount.Type);
        json.Put("Source", mount.Source);
        json.Put("Target", mount.Target);
        json.Put("ReadOnly", mount.ReadOnly);
        json.Put("Consistency", mount.Consistency);
        json.PutObject("BindOptions", mount.BindOptions, static (writer, bind) =>
        {
            writer.Put("Propagation", bind.Propagation);
            writer.Put("NonRecursive", bind.NonRecursive);
            writer.Put("CreateMountpoint", bind.CreateMountpoint);
            writer.Put("ReadOnlyNonRecursive", bind.ReadOnlyNonRecursive);
            writer.Put("ReadOnlyForceRecursive", bind.ReadOnlyForceRecursive);
        });
        json.PutObject("VolumeOptions", mount.VolumeOptions, static (writer, volume) =>
        {
            writer.Put("NoCopy", volume.NoCopy);
            writer.Put("Labels", volume.Labels);
            writer.Put("Subpath", volume.Subpath);
            writer.PutObject("DriverConfig", volume.DriverConfig, static (inner, driver) =>
            {
                inner.Put("Name", driver.Name);
                inner.Put("Options", driver.Options);
            });
        });
        json.PutObject("ImageOptions", mount.ImageOptions, static (writer, image) => writer.Put("Subpath", image.Subpath));
        json.PutObject("TmpfsOptions", mount.TmpfsOptions, static (writer, tmpfs) =>
        {
            writer.Put("SizeBytes", tmpfs.SizeBytes);
            writer.Put("Mode", tmpfs.Mode);
            WriteLists(writer, "Options", tmpfs.Options);
        });
    }

    private static void WriteLists(Utf8JsonWriter json, string name, IReadOnlyList<IReadOnlyList<string>>? lists)
    {
        if (lists is not null)
        {
            json.WriteStartArray(name);
            foreach (IReadOnlyList<string> list in lists)
            {
                json.Write(list);
            }

            json.WriteEndArray();
        }
    }
}
