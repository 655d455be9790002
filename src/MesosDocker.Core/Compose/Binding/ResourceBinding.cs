using MesosDocker.Io;

namespace MesosDocker.Compose;

internal static class ResourceBinding
{
    public static ComposeResources Bind(CanonicalMap service)
    {
        CanonicalMap resources = service.Map("deploy").Map("resources");
        CanonicalMap limits = resources.Map("limits");
        CanonicalMap reservations = resources.Map("reservations");
        return new ComposeResources
        {
            CpusLimit = Positive(service.Number("cpus")) ?? Positive(limits.Number("cpus")),
            CpusReserved = Positive(reservations.Number("cpus")),
            CpuShares = Positive(service.Number("cpu_shares")),
            CpuQuota = Positive(service.Long("cpu_quota")),
            CpuPeriod = Positive(service.Long("cpu_period")),
            CpuCount = service.Int("cpu_count") is > 0 and { } count ? count : null,
            CpuSet = service.Text("cpuset"),
            MemoryLimit = Positive(service.Bytes("mem_limit")) ?? Positive(limits.Bytes("memory")),
            MemoryReserved = Positive(service.Bytes("mem_reservation")) ?? Positive(reservations.Bytes("memory")),
            MemorySwapLimit = service.Bytes("memswap_limit"),
            ProcessLimit = service.Long("pids_limit") ?? limits.Long("pids"),
            SharedMemory = service.Bytes("shm_size"),
            Disk = Positive(service.Map("storage_opt").Bytes("size")),
            Devices = [.. reservations.Maps("devices").Concat(service.Maps("gpus")).Select(Device)],
            Generic = [.. reservations.Maps("generic_resources")
                .Select(static resource => resource.Map("discrete_resource_spec"))
                .Where(static resource => resource.Text("kind") is not null)
                .Select(static resource => new ComposeGenericResource(resource.Text("kind")!, resource.Long("value") ?? 0))],
        };
    }

    public static IReadOnlyDictionary<string, ComposeUlimit> Ulimits(CanonicalMap service)
    {
        OrderedDictionary<string, ComposeUlimit> limits = [];
        foreach (SourceField field in service.Fields("ulimits"))
        {
            var both = new CanonicalMap(field.Value as SourceMap);
            decimal? single = field.Value is SourceScalar scalar ? Scalars.ReadNumber(scalar) : null;
            limits[field.Name] = new ComposeUlimit((long?)single ?? both.Long("soft") ?? 0, (long?)single ?? both.Long("hard") ?? 0);
        }

        return limits;
    }

    private static ComposeDeviceRequest Device(CanonicalMap device) => new()
    {
        Capabilities = device.Texts("capabilities"),
        Driver = device.Text("driver"),
        Count = device.Text("count") == CountShape.All ? null : device.Int("count"),
        DeviceIds = device.Texts("device_ids"),
        Options = device.Values("options"),
    };

    private static decimal? Positive(decimal? number) => number > 0 ? number : null;

    private static long? Positive(long? number) => number > 0 ? number : null;
}
