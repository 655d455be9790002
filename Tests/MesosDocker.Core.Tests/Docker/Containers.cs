namespace MesosDocker.Core.Tests.Docker;

/// <summary>Answers about containers.</summary>
internal static class Containers
{
    public const string Inspected =
        """{"Id":"x1","Name":"/x","State":{"Status":"exited","Running":false,"Pid":0,"ExitCode":3,"OOMKilled":true}}""";

    /// <summary>Shortened from an engine 20.10, values as it gave them.</summary>
    public const string InspectedWhole =
        """
        {"Id":"4fa6e0f0c6786287e131c3852c58a2e01cc697a68231826813597e4994f1d6e2","Created":"2024-02-14T12:31:01.123456789Z","Path":"sleep",
        "Args":["60"],"State":{"Status":"running","Running":true,"Paused":false,"Restarting":false,"OOMKilled":false,"Dead":false,"Pid":4711,
        "ExitCode":0,"Error":"","StartedAt":"2024-02-14T12:31:01.5Z","FinishedAt":"0001-01-01T00:00:00Z",
        "Health":{"Status":"starting","FailingStreak":2,"Log":[]}},
        "Image":"sha256:e9aa60c60128cad1","ResolvConfPath":"/var/lib/docker/containers/4fa6/resolv.conf",
        "LogPath":"/var/lib/docker/containers/4fa6/4fa6-json.log","Name":"/web","RestartCount":1,"Driver":"overlay2","Platform":"linux",
        "MountLabel":"","AppArmorProfile":"","ExecIDs":null,"HostConfig":{"Binds":["/a:/b:ro"],"ContainerIDFile":"",
        "LogConfig":{"Type":"json-file","Config":{"max-size":"1m"}},"NetworkMode":"bridge","PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]},
        "RestartPolicy":{"Name":"no","MaximumRetryCount":0},"AutoRemove":false,"VolumeDriver":"","VolumesFrom":null,"CapAdd":null,"CapDrop":null,
        "CgroupnsMode":"host","Dns":[],"DnsOptions":[],"DnsSearch":[],"ExtraHosts":null,"GroupAdd":null,"IpcMode":"private","Cgroup":"","Links":null,
        "OomScoreAdj":0,"PidMode":"","Privileged":false,"PublishAllPorts":false,"ReadonlyRootfs":false,"SecurityOpt":null,"UTSMode":"",
        "UsernsMode":"","ShmSize":67108864,"Runtime":"runc","ConsoleSize":[0,0],"Isolation":"","CpuShares":512,"Memory":33554432,"NanoCpus":0,
        "CgroupParent":"/mesos","BlkioWeight":0,"BlkioWeightDevice":[],"BlkioDeviceReadBps":null,"BlkioDeviceWriteBps":null,"BlkioDeviceReadIOps":null,
        "BlkioDeviceWriteIOps":null,"CpuPeriod":0,"CpuQuota":0,"CpuRealtimePeriod":0,"CpuRealtimeRuntime":0,"CpusetCpus":"","CpusetMems":"",
        "Devices":[],"DeviceCgroupRules":null,"DeviceRequests":null,"KernelMemory":0,"KernelMemoryTCP":0,"MemoryReservation":0,
        "MemorySwap":67108864,"MemorySwappiness":null,"OomKillDisable":false,"PidsLimit":null,"Ulimits":null,"CpuCount":0,"CpuPercent":0,
        "IOMaximumIOps":0,"IOMaximumBandwidth":0,"MaskedPaths":["/proc/acpi"],"ReadonlyPaths":["/proc/bus"]},
        "GraphDriver":{"Data":{},"Name":"overlay2"},"Mounts":[{"Type":"bind","Source":"/a","Destination":"/b","Mode":"ro","RW":false,"Propagation":"rprivate"}],
        "Config":{"Hostname":"4fa6e0f0c678","Domainname":"","User":"","AttachStdin":false,"AttachStdout":true,"AttachStderr":true,
        "ExposedPorts":{"80/tcp":{}},"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":["A=b","PATH=/bin"],"Cmd":["sleep","60"],"Image":"busybox",
        "Volumes":null,"WorkingDir":"","Entrypoint":null,"OnBuild":null,"Labels":{"who":"me"},"StopSignal":"SIGTERM"},
        "NetworkSettings":{"Bridge":"","SandboxID":"b8","HairpinMode":false,"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}],"443/tcp":null},
        "SandboxKey":"/var/run/docker/netns/b8","EndpointID":"3b","Gateway":"172.17.0.1","IPAddress":"172.17.0.2","IPPrefixLen":16,"MacAddress":"02:42:ac:11:00:02",
        "Networks":{"bridge":{"IPAMConfig":null,"Links":null,"Aliases":null,"NetworkID":"65","EndpointID":"3b","Gateway":"172.17.0.1",
        "IPAddress":"172.17.0.2","IPPrefixLen":16,"IPv6Gateway":"","GlobalIPv6Address":"","GlobalIPv6PrefixLen":0,"MacAddress":"02:42:ac:11:00:02","DriverOpts":null}}}}
        """;
}
