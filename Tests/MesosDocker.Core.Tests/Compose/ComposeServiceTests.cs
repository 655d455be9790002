using MesosDocker.Compose;

namespace MesosDocker.Core.Tests.Compose;

/// <summary>What is typed says what the document says.</summary>
public sealed class ComposeServiceTests
{
    [Fact]
    public void Service_HasItsProcess()
    {
        ComposeService service = Web("""
            image: nginx:1.27
            command: sh -c "echo 'a b'"
            entrypoint: [/run, "x y"]
            environment: { A: 1, B: , C: "" }
            labels: [a=b, c]
            container_name: one.web
            hostname: h
            domainname: d
            user: "1000"
            working_dir: /w
            platform: linux/arm64
            runtime: runc
            pull_policy: always
            privileged: true
            read_only: true
            tty: true
            stdin_open: true
            init: false
            cap_add: [A]
            cap_drop: [B]
            security_opt: ["no-new-privileges:true"]
            group_add: [mail, 1000]
            sysctls: { a.b: 1 }
            ulimits: { nproc: 5, nofile: { soft: 1, hard: 2 } }
            stop_grace_period: 1m30s
            stop_signal: SIGUSR1
            ipc: shareable
            pid: host
            uts: host
            userns_mode: host
            cgroup_parent: m-executor
            """);

        Assert.Equal("nginx:1.27", service.Image);
        Assert.Equal(["sh", "-c", "echo 'a b'"], service.Command!);
        Assert.Equal(["/run", "x y"], service.Entrypoint!);
        Assert.Equal([("A", "1"), ("B", null), ("C", "")], service.Environment.Select(static pair => (pair.Key, pair.Value)));
        Assert.Equal([("a", "b"), ("c", "")], service.Labels.Select(static pair => (pair.Key, pair.Value)));
        Assert.Equal(("one.web", "h", "d", "1000", "/w"), (service.ContainerName, service.Hostname, service.DomainName, service.User, service.WorkingDirectory));
        Assert.Equal(("linux/arm64", "runc", "always"), (service.Platform, service.Runtime, service.PullPolicy));
        Assert.True(service.IsPrivileged && service.IsReadOnly && service.HasTerminal && service.HasStandardInput);
        Assert.False(service.HasInit);
        Assert.Equal(["A"], service.CapabilitiesAdded);
        Assert.Equal(["B"], service.CapabilitiesDropped);
        Assert.Equal(["no-new-privileges:true"], service.SecurityOptions);
        Assert.Equal(["mail", "1000"], service.Groups);
        Assert.Equal("1", service.Sysctls["a.b"]);
        Assert.Equal(new ComposeUlimit(5, 5), service.Ulimits["nproc"]);
        Assert.Equal(new ComposeUlimit(1, 2), service.Ulimits["nofile"]);
        Assert.Equal(TimeSpan.FromSeconds(90), service.StopGracePeriod);
        Assert.Equal(("SIGUSR1", "shareable", "host", "host", "host", "m-executor"), (service.StopSignal, service.Ipc, service.Pid, service.Uts, service.UserNamespace, service.CgroupParent));
    }

    [Fact]
    public void Service_HasItsNetwork()
    {
        ComposeService service = Web("""
            image: x
            networks: { default: , n: { aliases: [a], ipv4_address: 10.0.0.2, ipv6_address: "::2", mac_address: "m", link_local_ips: [l], priority: 3 } }
            expose: [80]
            external_links: [e]
            extra_hosts: ["a=1.1.1.1", "b:::1"]
            dns: 1.1.1.1
            dns_search: [s]
            dns_opt: [o]
            mac_address: mm
            """, "networks: { n: }");

        Assert.Equal(["default", "n"], service.Networks.Keys);
        ComposeAttachment n = service.Networks["n"];
        Assert.Equal(("10.0.0.2", "::2", "m", 3), (n.Ipv4Address, n.Ipv6Address, n.MacAddress, n.Priority));
        Assert.Equal("a l", $"{n.Aliases[0]} {n.LinkLocalIps[0]}");
        Assert.Equal(["a=1.1.1.1", "b=::1"], service.ExtraHosts);
        Assert.Equal("80 e 1.1.1.1 s o mm", $"{service.Expose[0]} {service.ExternalLinks[0]} {service.Dns[0]} {service.DnsSearch[0]} {service.DnsOptions[0]} {service.MacAddress}");
    }

    [Fact]
    public void Ports_AreWrittenOut()
    {
        ComposeService service = Web("""
            image: x
            ports: ["80", "8080:81", "127.0.0.1:82:82/udp", "[::1]:83-84:83-84", "9000-9010:85", "0:86", { target: 87, published: "88", mode: host, name: n, app_protocol: http }]
            """);

        Assert.Equal(
            ["80", "8080:81", "127.0.0.1:82:82/udp", "[::1]:83:83", "[::1]:84:84", "9000-9010:85", "86", "88:87"],
            service.Ports.Select(static port => port.ToString()));
        Assert.Equal([true, false, false, false, false, true, true, false], service.Ports.Select(static port => port.IsDynamic));
        Assert.Equal(("host", "n", "http", 9010), (service.Ports[^1].Mode, service.Ports[^1].Name, service.Ports[^1].AppProtocol, service.Ports[5].PublishedLast));
    }

    [Fact]
    public void Volumes_AreOfEveryKind()
    {
        ComposeService service = Web("""
            image: x
            volumes:
            - /anonymous/
            - data:/data:ro,nocopy
            - ./a:/a:rw,z,rshared
            - { type: bind, source: /b, target: /b, read_only: true, bind: { propagation: private, create_host_path: true, selinux: Z } }
            - { type: bind, source: /c, target: /c }
            - { type: volume, source: data, target: /d, volume: { subpath: s } }
            - { type: tmpfs, target: /t, tmpfs: { size: 1m, mode: 0700 } }
            - { type: image, source: img, target: /i, image: { subpath: p } }
            tmpfs: [/run, "/tmp:size=1m"]
            secrets: [s, { source: s, target: t, uid: "1", gid: "2", mode: 0400 }, { source: s, target: /abs }]
            configs: [c, { source: c, target: sub/c }]
            devices: ["/dev/a", "/dev/b:/dev/c:r"]
            volumes_from: [other:ro, "container:x", "container:y:ro", "service:other:ro"]
            """, "volumes: { data: }\nsecrets: { s: { file: s } }\nconfigs: { c: { file: c } }", "other: { image: y }");

        Assert.Equal(
            [
                new ComposeMount { Kind = ComposeMountKind.Volume, Target = "/anonymous" },
                new ComposeMount { Kind = ComposeMountKind.Volume, Source = "data", Target = "/data", IsReadOnly = true, IsNoCopy = true },
                new ComposeMount { Kind = ComposeMountKind.Bind, Source = "/p/a", Target = "/a", SeLinux = "z", Propagation = "rshared", CreatesHostPath = true },
                new ComposeMount { Kind = ComposeMountKind.Bind, Source = "/b", Target = "/b", IsReadOnly = true, SeLinux = "Z", Propagation = "private", CreatesHostPath = true },
                new ComposeMount { Kind = ComposeMountKind.Bind, Source = "/c", Target = "/c" },
                new ComposeMount { Kind = ComposeMountKind.Volume, Source = "data", Target = "/d", SubPath = "s" },
                new ComposeMount { Kind = ComposeMountKind.Tmpfs, Target = "/t", SizeBytes = 1048576, FileMode = 448 },
                new ComposeMount { Kind = ComposeMountKind.Image, Source = "img", Target = "/i", SubPath = "p" },
            ],
            service.Volumes);
        Assert.Equal(["/run", "/tmp:size=1m"], service.Tmpfs);
        Assert.Equal(
            [
                new ComposeFileMount { Source = "s", Target = "/run/secrets/s" },
                new ComposeFileMount { Source = "s", Target = "/run/secrets/t", UserId = "1", GroupId = "2", FileMode = 256 },
                new ComposeFileMount { Source = "s", Target = "/abs" },
            ],
            service.Secrets);
        Assert.Equal(["/c", "/sub/c"], service.Configs.Select(static config => config.Target));
        Assert.Equal(["/dev/a", "/dev/b:/dev/c:r"], service.Devices);
        Assert.Equal(
            [
                new ComposeVolumesFrom { Source = "other", IsReadOnly = true },
                new ComposeVolumesFrom { Source = "x", IsContainer = true },
                new ComposeVolumesFrom { Source = "y", IsContainer = true, IsReadOnly = true },
                new ComposeVolumesFrom { Source = "other", IsReadOnly = true },
            ],
            service.VolumesFrom);
    }

    [Fact]
    public void DependsOn_HasWhatFollowsFromSharing()
    {
        ComposeService service = Web(
            "image: x\nlinks: [\"a:alias\", b]\nvolumes_from: [c]\nnetwork_mode: \"service:d\"\npid: \"service:b\"\ndepends_on: { b: { condition: service_healthy, restart: true }, e: { condition: service_completed_successfully, required: false } }",
            "",
            "a: { image: x }\n  b: { image: x }\n  c: { image: x }\n  d: { image: x }\n  e: { image: x }");

        Assert.Equal(
            [
                ("b", new ComposeDependency { Condition = ComposeCondition.Healthy, Restarts = true }),
                ("e", new ComposeDependency { Condition = ComposeCondition.Completed, IsRequired = false }),
                ("a", new ComposeDependency { IsImplied = true, Restarts = true }),
                ("d", new ComposeDependency { IsImplied = true, Restarts = true }),
                ("c", new ComposeDependency { IsImplied = true }),
            ],
            service.DependsOn.Select(static pair => (pair.Key, pair.Value)));
    }

    [Theory]
    [InlineData("restart: always", "always", null)]
    [InlineData("restart: \"no\"", "no", null)]
    [InlineData("restart: no", "no", null)]
    [InlineData("restart: on-failure:3", "on-failure", 3)]
    [InlineData("restart: on-failure", "on-failure", null)]
    [InlineData("restart: always\ndeploy: { restart_policy: { condition: on-failure, max_attempts: 2 } }", "on-failure", 2)]
    [InlineData("deploy: { restart_policy: { condition: none } }", "no", null)]
    [InlineData("deploy: { restart_policy: { delay: 5s } }", "always", null)]
    public void Restart_IsThatOfDeployFirst(string keys, string policy, int? attempts)
    {
        ComposeRestart restart = Web($"image: x\n{keys}").Restart!;

        Assert.Equal((policy, attempts), (restart.Policy, restart.MaxAttempts));
    }

    [Fact]
    public void Resources_AreEverySpelling()
    {
        ComposeResources resources = Web("""
            image: x
            cpus: "0.123456789"
            cpu_shares: 73
            cpu_quota: 50000
            cpu_period: 100ms
            cpu_count: 2
            cpuset: 0-1
            mem_limit: 1.5g
            memswap_limit: -1
            pids_limit: 10
            shm_size: 64k
            storage_opt: { size: 1G }
            gpus: [{ count: 2 }, { device_ids: [a, b] }]
            deploy: { resources: { reservations: { cpus: 0.1, memory: 20M, generic_resources: [{ discrete_resource_spec: { kind: ssd, value: 3 } }] } } }
            """).Resources;

        Assert.Equal((0.123456789m, 0.1m, 73m), (resources.CpusLimit, resources.CpusReserved, resources.CpuShares));
        Assert.Equal((50_000L, 100_000L, 2, "0-1"), (resources.CpuQuota, resources.CpuPeriod, resources.CpuCount, resources.CpuSet));
        Assert.Equal((1610612736L, 20971520L, -1L), (resources.MemoryLimit, resources.MemoryReserved, resources.MemorySwapLimit));
        Assert.Equal((10L, 65536L, 1073741824L), (resources.ProcessLimit, resources.SharedMemory, resources.Disk));
        Assert.Equal([(true, 2), (true, null)], resources.Devices.Select(static device => (device.IsGpu, device.Count)));
        Assert.Equal(["a", "b"], resources.Devices[1].DeviceIds);
        Assert.Equal([new ComposeGenericResource("ssd", 3)], resources.Generic);
    }

    [Fact]
    public void Deploy_Build_HealthAndLogs_AreRead()
    {
        ComposeService service = Web("""
            build: { context: ., target: t, args: { A: 1, B: }, tags: [g], network: n, cache_from: [c], labels: [l=1] }
            healthcheck: { test: curl x, interval: 10s, timeout: 1m, start_period: 500ms, start_interval: 1s, retries: 3 }
            logging: { driver: d, options: { a: 1 } }
            deploy:
              mode: replicated
              replicas: 3
              endpoint_mode: vip
              labels: { a: b }
              placement: { constraints: [c], preferences: [{ spread: s }], max_replicas_per_node: 2 }
              update_config: { parallelism: 2, delay: 10s, failure_action: rollback, monitor: 1m, max_failure_ratio: 0.3, order: start-first }
            """);

        ComposeBuild build = service.Build!;
        Assert.Equal(("/p", "t", "n", "1", null), (build.Context, build.Target, build.Network, build.Arguments["A"], build.Arguments["B"]));
        Assert.Equal("g c 1", $"{build.Tags[0]} {build.CacheFrom[0]} {build.Labels["l"]}");
        ComposeHealthcheck check = service.Healthcheck!;
        Assert.Equal(["CMD-SHELL", "curl x"], check.Test);
        Assert.Equal((10, 60, 0.5, 1, 3), (check.Interval!.Value.TotalSeconds, check.Timeout!.Value.TotalSeconds, check.StartPeriod!.Value.TotalSeconds, check.StartInterval!.Value.TotalSeconds, check.Retries));
        Assert.Equal(("d", "1"), (service.Logging!.Driver, service.Logging.Options["a"]));
        ComposeDeploy deploy = service.Deploy!;
        Assert.Equal(("replicated", "vip", 2, "c", "s", "b"), (deploy.Mode, deploy.EndpointMode, deploy.MaxReplicasPerNode, deploy.Constraints[0], deploy.Spread[0], deploy.Labels["a"]));
        Assert.Equal(new ComposeUpdate { Parallelism = 2, Delay = TimeSpan.FromSeconds(10), FailureAction = "rollback", Monitor = TimeSpan.FromMinutes(1), MaxFailureRatio = 0.3m, Order = "start-first" }, deploy.Update);
        Assert.Equal(3, service.Replicas);
    }

    [Theory]
    [InlineData("{ disable: true }")]
    [InlineData("{ test: [NONE] }")]
    public void Healthcheck_CanBeDisabled(string check) => Assert.True(Web($"image: x\nhealthcheck: {check}").Healthcheck!.IsDisabled);

    [Fact]
    public void Project_NamesItsThings()
    {
        ComposeProject project = Projects.Read("""
            name: shop
            services: { web: { image: x } }
            networks: { n: { driver: bridge, internal: true, attachable: true, driver_opts: { a: 1 }, labels: [l] }, e: { external: true }, o: { name: own } }
            volumes: { v: , e: { external: true, name: real } }
            secrets: { f: { file: ./f }, e: { environment: E }, x: { external: true } }
            configs: { c: { content: text } }
            """);

        Assert.Equal(["shop_n", "e", "own", "shop_default"], project.Networks.Values.Select(static network => network.Name));
        Assert.Equal((true, true, "1", "", "bridge"), (project.Networks["n"].IsInternal, project.Networks["n"].IsAttachable, project.Networks["n"].DriverOptions["a"], project.Networks["n"].Labels["l"], project.Networks["n"].Driver));
        Assert.Equal([("shop_v", false), ("real", true)], project.Volumes.Values.Select(static volume => (volume.Name, volume.IsExternal)));
        Assert.Equal([("/p/f", null, false), (null, "E", false), (null, null, true)], project.Secrets.Values.Select(static secret => (secret.File, secret.Variable, secret.IsExternal)));
        Assert.Equal(("shop_c", "text"), (project.Configs["c"].Name, project.Configs["c"].Content));
    }

    [Fact]
    public void Networks_HaveNoDefault_WhereNobodyIsInIt()
        => Assert.Empty(Projects.Read("services: { web: { image: x, network_mode: host } }").Networks);

    private static ComposeService Web(string keys, string more = "", string services = "")
        => Projects.Read($"services:\n  web:\n    {keys.Replace("\n", "\n    ", StringComparison.Ordinal)}\n  {services}\n{more}").Services["web"];
}
