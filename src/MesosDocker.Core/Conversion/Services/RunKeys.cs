namespace MesosDocker.Conversion;

/// <summary>A key of a service, and the option of <c>docker run</c> that says the same.</summary>
/// <param name="Key">Below the service.</param>
internal sealed record RunKey(string Key, string Option, RunForm Form);

/// <summary>
/// All of them: how a service says to compose what only a parameter of an app can say, and how it says it again on the way back, where the
/// first row of an option counts.
/// </summary>
internal static class RunKeys
{
    public static IReadOnlyList<RunKey> All { get; } = [.. OfTheProcess, .. OfTheNetwork, .. OfIsolation, .. OfStorage, .. OfLimits, .. OfDevices];

    private static RunKey[] OfTheProcess =>
    [
        new("user", "user", RunForms.Text),
        new("working_dir", "workdir", RunForms.Text),
        new("group_add", "group-add", RunForms.Texts),
        new("init", "init", RunForms.Flag),
        new("hostname", "hostname", RunForms.Text),
        new("domainname", "domainname", RunForms.Text),
        new("stop_signal", "stop-signal", RunForms.Text),
        new("platform", "platform", RunForms.Text),
        new("annotations", "annotation", RunForms.Pairs),
        new("logging.driver", "log-driver", RunForms.Text),
        new("logging.options", "log-opt", RunForms.Pairs),
        new("use_api_socket", "use-api-socket", RunForms.Flag),
    ];

    private static RunKey[] OfTheNetwork =>
    [
        new("dns", "dns", RunForms.Texts),
        new("dns_opt", "dns-option", RunForms.Texts),
        new("dns_search", "dns-search", RunForms.Texts),
        new("expose", "expose", RunForms.Texts),
        new("extra_hosts", "add-host", RunForms.Hosts),
        new("mac_address", "mac-address", RunForms.Text),
    ];

    private static RunKey[] OfIsolation =>
    [
        new("cap_add", "cap-add", RunForms.Texts),
        new("cap_drop", "cap-drop", RunForms.Texts),
        new("security_opt", "security-opt", RunForms.Texts),
        new("cgroup", "cgroupns", RunForms.Text),
        new("cgroup_parent", "cgroup-parent", RunForms.Text),
        new("ipc", "ipc", RunForms.Text),
        new("isolation", "isolation", RunForms.Text),
        new("pid", "pid", RunForms.Text),
        new("runtime", "runtime", RunForms.Text),
        new("sysctls", "sysctl", RunForms.Pairs),
        new("userns_mode", "userns", RunForms.Text),
        new("uts", "uts", RunForms.Text),
    ];

    private static RunKey[] OfStorage =>
    [
        new("read_only", "read-only", RunForms.Flag),
        new("shm_size", "shm-size", RunForms.Size),
        new("storage_opt", "storage-opt", RunForms.Pairs),
        new("tmpfs", "tmpfs", RunForms.Texts),
    ];

    private static RunKey[] OfLimits =>
    [
        new("cpu_period", "cpu-period", RunForms.Number),
        new("cpu_quota", "cpu-quota", RunForms.Number),
        new("cpu_rt_period", "cpu-rt-period", RunForms.Number),
        new("cpu_rt_runtime", "cpu-rt-runtime", RunForms.Number),
        new("cpuset", "cpuset-cpus", RunForms.Text),
        new("mem_reservation", "memory-reservation", RunForms.Size),
        new("deploy.resources.reservations.memory", "memory-reservation", RunForms.Size),
        new("mem_swappiness", "memory-swappiness", RunForms.Number),
        new("memswap_limit", "memory-swap", RunForms.Size),
        new("oom_kill_disable", "oom-kill-disable", RunForms.Flag),
        new("oom_score_adj", "oom-score-adj", RunForms.Number),
        new("pids_limit", "pids-limit", RunForms.Number),
        new("deploy.resources.limits.pids", "pids-limit", RunForms.Number),
        new("ulimits", "ulimit", RunForms.Limits),
    ];

    private static RunKey[] OfDevices =>
    [
        new("devices", "device", RunForms.Devices),
        new("device_cgroup_rules", "device-cgroup-rule", RunForms.Texts),
        new("deploy.resources.reservations.devices", "gpus", RunForms.Gpus),
        new("blkio_config.weight", "blkio-weight", RunForms.Number),
        new("blkio_config.weight_device", "blkio-weight-device", RunForms.Weights),
        new("blkio_config.device_read_bps", "device-read-bps", RunForms.ByteRates),
        new("blkio_config.device_write_bps", "device-write-bps", RunForms.ByteRates),
        new("blkio_config.device_read_iops", "device-read-iops", RunForms.Rates),
        new("blkio_config.device_write_iops", "device-write-iops", RunForms.Rates),
    ];
}
