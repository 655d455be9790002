using MesosDocker.Io;
using static MesosDocker.Compose.CommonShapes;

namespace MesosDocker.Compose;

/// <summary>A service, key by key (compose specification, services top-level element).</summary>
internal static class ServiceShapes
{
    private static readonly string[] s_pullPolicies = ["always", "never", "build", "if_not_present", "missing", "refresh", "daily", "weekly"];

    private static Shape BlockRates { get; } = new ListShape(new ObjectShape().Required("path", Text).Required("rate", BytesShape.Instance));

    private static Shape BlockWeight { get; } = new NumberShape { IsWhole = true, Min = 0, Max = 1000 };

    private static Shape BlockInput { get; } = new ObjectShape()
        .Field("device_read_bps", BlockRates)
        .Field("device_read_iops", BlockRates)
        .Field("device_write_bps", BlockRates)
        .Field("device_write_iops", BlockRates)
        .Field("weight", BlockWeight)
        .Field("weight_device", new ListShape(new ObjectShape().Required("path", Text).Required("weight", BlockWeight)));

    private static Shape Dependencies { get; } = new NamesShape(
        new ObjectShape()
            .Required("condition", new TextShape { Words = ["service_started", "service_healthy", "service_completed_successfully"] })
            .Field("required", Flag)
            .Field("restart", Flag),
        static mark => Map(Scalars.Text(mark, "service_started"), "condition"));

    private static Shape Networks { get; } = new NamesShape(
        new ObjectShape { AllowsNull = true }
            .Field("aliases", NamedTexts)
            .Field("interface_name", Text)
            .Field("ipv4_address", Text)
            .Field("ipv6_address", Text)
            .Field("link_local_ips", NamedTexts)
            .Field("mac_address", Text)
            .Field("driver_opts", Options)
            .Field("priority", Whole)
            .Field("gw_priority", Whole),
        implied: null);

    private static Shape Models { get; } = new NamesShape(
        new ObjectShape { AllowsNull = true }.Field("endpoint_var", Text).Field("model_var", Text),
        implied: null);

    public static Shape EnvironmentFiles { get; } = new ListShape(new ItemShape(
        "the path of a file, or a map with 'path'",
        new ObjectShape().Required("path", Text).Field("required", Flag).Field("format", new TextShape { Words = ["raw"] }),
        static node => node is SourceScalar path ? path.Kind == ScalarKind.Text ? Map(path, "path") : null : node))
    {
        AllowsSingle = true,
        KeyOf = static item => item is SourceMap map ? map["path"] is SourceScalar path ? MergeLists.Literal(path.Value) : null : MergeLists.Itself(item),
    };

    private static Shape Healthcheck { get; } = new ObjectShape()
        .Field("disable", Flag)
        .Field("test", Command)
        .Field("interval", Duration)
        .Field("timeout", Duration)
        .Field("retries", Count)
        .Field("start_period", Duration)
        .Field("start_interval", Duration);

    private static Shape Devices { get; } = new ListShape(new ItemShape(
        "a device like /dev/sda:/dev/xvda:rwm, or a map with 'source'",
        new ObjectShape().Required("source", Text).Field("target", Text).Field("permissions", Text),
        DeviceText.Canonical))
    {
        KeyOf = DeviceText.TargetOf,
    };

    /// <summary>Groups without quotes are numbers, and texts all the same.</summary>
    private static Shape SetOfWords { get; } = new ListShape(Words) { IsSet = true };

    private static Shape Expose { get; } = new ListShape(new ExposedShape()) { KeyOf = MergeLists.Itself };

    public static ObjectShape Service { get; } = Process(Resources(Network(Storage(Description(new ObjectShape { Hint = Hints.OfService })))));

    public static Shape Services { get; } = new MapShape(Service) { HasPlainNames = true };

    private static ObjectShape Description(ObjectShape service) => service
        .Field("annotations", Pairs)
        .Field("attach", Flag)
        .Field("build", BuildShapes.Build)
        .Field("container_name", new TextShape { Fits = IsContainerName, Form = "a name of letters, digits, '_', '.' and '-'" })
        .Field("depends_on", Dependencies)
        .Field("deploy", DeployShapes.Deploy)
        .Field("develop", BuildShapes.Develop)
        .Field("extends", ExtendsShape.Instance)
        .Field("healthcheck", Healthcheck)
        .Field("image", Text)
        .Field("label_file", TextOrTexts)
        .Field("labels", Pairs)
        .Field("logging", LoggingShape.Instance)
        .Field("models", Models)
        .Field("platform", Text)
        .Field("profiles", NamedTexts)
        .Field("provider", new ObjectShape().Required("type", Text).Field("options", AnyShape.Instance))
        .Field("pull_policy", new TextShape { Fits = IsPullPolicy, Form = $"one of {string.Join(", ", s_pullPolicies)}, or every_ with a duration behind it" })
        .Field("pull_refresh_after", Text)
        .Field("scale", Whole)
        .Field("use_api_socket", Flag);

    private static ObjectShape Process(ObjectShape service) => service
        .Field("cap_add", NamedTexts)
        .Field("cap_drop", NamedTexts)
        .Field("command", Command)
        .Field("credential_spec", new ObjectShape().Field("config", Text).Field("file", Text).Field("registry", Text))
        .Field("entrypoint", Command)
        .Field("env_file", EnvironmentFiles)
        .Field("environment", CommonShapes.Environment)
        .Field("group_add", SetOfWords)
        .Field("init", Flag)
        .Field("ipc", Text)
        .Field("isolation", Text)
        .Field("pid", new TextShape { AllowsNull = true })
        .Field("post_start", BuildShapes.Hooks)
        .Field("pre_start", BuildShapes.StartHooks)
        .Field("pre_stop", BuildShapes.Hooks)
        .Field("privileged", Flag)
        .Field("restart", Text)
        .Field("runtime", Text)
        .Field("security_opt", SetOfTexts)
        .Field("stdin_open", Flag)
        .Field("stop_grace_period", Duration)
        .Field("stop_signal", Text)
        .Field("sysctls", Pairs)
        .Field("tty", Flag)
        .Field("ulimits", Ulimits)
        .Field("user", Text)
        .Field("userns_mode", Text)
        .Field("uts", Text)
        .Field("working_dir", Text);

    private static ObjectShape Resources(ObjectShape service) => service
        .Field("blkio_config", BlockInput)
        .Field("cgroup", new TextShape { Words = ["host", "private"] })
        .Field("cgroup_parent", Text)
        .Field("cpu_count", Count)
        .Field("cpu_percent", new NumberShape { Min = 0, Max = 100 })
        .Field("cpu_period", MicrosecondsShape.Instance)
        .Field("cpu_quota", MicrosecondsShape.Instance)
        .Field("cpu_rt_period", MicrosecondsShape.Instance)
        .Field("cpu_rt_runtime", MicrosecondsShape.Instance)
        .Field("cpu_shares", new NumberShape { Min = 0 })
        .Field("cpus", Cpus)
        .Field("cpuset", Text)
        .Field("device_cgroup_rules", SetOfTexts)
        .Field("gpus", DeployShapes.Gpus)
        .Field("mem_limit", BytesShape.Instance)
        .Field("mem_reservation", BytesShape.Instance)
        .Field("mem_swappiness", new NumberShape { IsWhole = true, Min = -1, Max = 100 })
        .Field("memswap_limit", BytesShape.Instance)
        .Field("oom_kill_disable", Flag)
        .Field("oom_score_adj", new NumberShape { IsWhole = true, Min = -1000, Max = 1000 })
        .Field("pids_limit", Whole);

    private static ObjectShape Network(ObjectShape service) => service
        .Field("dns", new ListShape(Text) { AllowsSingle = true, KeyOf = MergeLists.NameBeforeEquals })
        .Field("dns_opt", NamedTexts)
        .Field("dns_search", new ListShape(Text) { AllowsSingle = true, KeyOf = MergeLists.NameBeforeEquals })
        .Field("domainname", Text)
        .Field("expose", Expose)
        .Field("external_links", SetOfTexts)
        .Field("extra_hosts", HostsShape.Instance)
        .Field("hostname", Text)
        .Field("links", NamedTexts)
        .Field("mac_address", Text)
        .Field("network_mode", Text)
        .Field("networks", Networks)
        .Field("ports", PortsShape.Instance);

    private static ObjectShape Storage(ObjectShape service) => service
        .Field("configs", FileMounts(""))
        .Field("devices", Devices)
        .Field("read_only", Flag)
        .Field("secrets", FileMounts("/run/secrets"))
        .Field("shm_size", BytesShape.Instance)
        .Field("storage_opt", Options)
        .Field("tmpfs", new ListShape(Text) { AllowsSingle = true, KeyOf = MergeLists.NameBeforeEquals })
        .Field("volumes", VolumesShape.Instance)
        .Field("volumes_from", SetOfTexts);

    private static bool IsContainerName(string text)
        => text.Length > 1 && char.IsAsciiLetterOrDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');

    private static bool IsPullPolicy(string text)
        => s_pullPolicies.Contains(text) || (text.StartsWith("every_", StringComparison.Ordinal) && ComposeUnits.TryDuration(text["every_".Length..], out _));
}
