using MesosDocker.Io;
using static MesosDocker.Compose.CommonShapes;

namespace MesosDocker.Compose;

/// <summary>A service of a file of version 1, key by key, as docker-compose 1.29 has it.</summary>
internal static class OldShapes
{
    public static ObjectShape Service { get; } = Storage(Process(new ObjectShape { Merged = OneImage }
        .Field("build", Text)
        .Field("container_name", Text)
        .Field("dockerfile", Text)
        .Field("extends", ExtendsShape.Instance)
        .Field("image", Text)
        .Field("labels", Pairs)
        .Field("log_driver", Text)
        .Field("log_opt", OptionsOrNothing)));

    public static Shape Services { get; } = new MapShape(Service) { HasPlainNames = true };

    private static ObjectShape Process(ObjectShape service) => service
        .Field("cap_add", NamedTexts)
        .Field("cap_drop", NamedTexts)
        .Field("cgroup_parent", Text)
        .Field("command", Command)
        .Field("cpu_quota", MicrosecondsShape.Instance)
        .Field("cpu_shares", new NumberShape { Min = 0 })
        .Field("cpuset", Text)
        .Field("entrypoint", Command)
        .Field("env_file", ServiceShapes.EnvironmentFiles)
        .Field("environment", CommonShapes.Environment)
        .Field("hostname", Text)
        .Field("domainname", Text)
        .Field("ipc", Text)
        .Field("mem_limit", BytesShape.Instance)
        .Field("memswap_limit", BytesShape.Instance)
        .Field("mem_swappiness", Whole)
        .Field("pid", new TextShape { AllowsNull = true })
        .Field("privileged", Flag)
        .Field("restart", Text)
        .Field("security_opt", SetOfTexts)
        .Field("shm_size", BytesShape.Instance)
        .Field("stdin_open", Flag)
        .Field("stop_signal", Text)
        .Field("tty", Flag)
        .Field("ulimits", Ulimits)
        .Field("user", Text)
        .Field("working_dir", Text);

    private static ObjectShape Storage(ObjectShape service) => service
        .Field("devices", new ListShape(Text) { KeyOf = DeviceText.TargetOf })
        .Field("dns", TextOrTexts)
        .Field("dns_search", TextOrTexts)
        .Field("expose", new ListShape(new ExposedShape()) { KeyOf = MergeLists.Itself })
        .Field("external_links", SetOfTexts)
        .Field("extra_hosts", HostsShape.Instance)
        .Field("links", NamedTexts)
        .Field("mac_address", Text)
        .Field("net", Text)
        .Field("ports", PortsShape.Instance)
        .Field("read_only", Flag)
        .Field("volume_driver", Text)
        .Field("volumes", VolumesShape.Instance)
        .Field("volumes_from", SetOfTexts);

    // A service is built or has an image: what the later file says, even if the earlier one said the other.
    private static SourceMap OneImage(SourceMap merged, SourceMap above)
        => above["image"] is not null ? merged.Without("build") : above["build"] is not null ? merged.Without("image") : merged;
}
