namespace MesosDocker.Core.Tests.Docker;

/// <summary>
/// Every option of a specification in its usual forms, and the body that the engine is sent for it. The integration tests hold lines
/// like these against the real client.
/// </summary>
internal static class GoodLines
{
    public static TheoryData<string, string> All { get; } = new()
    {
        { "-d -i", """{"OpenStdin":true}""" },
        { "--cidfile /tmp/cid", """{"HostConfig":{"ContainerIDFile":"/tmp/cid"}}""" },
        { "--rm", """{"HostConfig":{"AutoRemove":true}}""" },
        { "-i", """{"AttachStdin":true,"OpenStdin":true,"StdinOnce":true}""" },
        { "-t", """{"Tty":true}""" },
        { "-it", """{"AttachStdin":true,"Tty":true,"OpenStdin":true,"StdinOnce":true}""" },
        { "-i=false", """{"OpenStdin":false}""" },
        { "-a STDIN -a stderr", """{"AttachStdin":true,"AttachStderr":true}""" },
        { "--entrypoint /bin/sh", """{"Entrypoint":["/bin/sh"]}""" },
        { "--entrypoint=", """{"Entrypoint":[""]}""" },
        { "-w /work", """{"WorkingDir":"/work"}""" },
        { "-u 1000:1000", """{"User":"1000:1000"}""" },
        { "--group-add audio --group-add 999", """{"HostConfig":{"GroupAdd":["audio","999"]}}""" },
        { "--init", """{"HostConfig":{"Init":true}}""" },
        { "--init=false", """{"HostConfig":{"Init":false}}""" },
        { "-h web", """{"Hostname":"web"}""" },
        { "--domainname example.com", """{"Domainname":"example.com"}""" },
        { "--env-file variables", """{"Env":["FIRST=1","SECOND=two words","FROM_CLIENT=yes"]}""" },
        { "-e A=1 -eB=2 -e FROM_CLIENT -e NOT_THERE -e E=", """{"Env":["A=1","B=2","FROM_CLIENT=yes","NOT_THERE","E="]}""" },
        { "-e FIRST=2 --env-file variables", """{"Env":["FIRST=1","SECOND=two words","FROM_CLIENT=yes","FIRST=2"]}""" },
        { "--label-file labels", """{"Labels":{"color":"red"}}""" },
        { "-l a=b -l c -l a=d", """{"Labels":{"a":"d","c":""}}""" },
        { "--annotation a=b", """{"HostConfig":{"Annotations":{"a":"b"}}}""" },
        { "--network host", """{"HostConfig":{"NetworkMode":"host"}}""" },
        { "--network mine", """{"HostConfig":{"NetworkMode":"mine"}}""" },
        {
            "--net name=mine,alias=a,ip=10.0.0.2,driver-opt=x=y,gw-priority=3",
            """
            {"NetworkingConfig":{"EndpointsConfig":{"mine":{"IPAMConfig":{"IPv4Address":"10.0.0.2"},"Aliases":["a"],"DriverOpts":{"x":"y"},"GwPriority":3}}},"HostConfig":{"NetworkMode":"mine"}}
            """
        },
        {
            "--network one --network name=two,alias=x",
            """{"NetworkingConfig":{"EndpointsConfig":{"one":{},"two":{"Aliases":["x"]}}},"HostConfig":{"NetworkMode":"one"}}"""
        },
        {
            "--network-alias a --net-alias b --network mine",
            """{"NetworkingConfig":{"EndpointsConfig":{"mine":{"Aliases":["a","b"]}}},"HostConfig":{"NetworkMode":"mine"}}"""
        },
        {
            "--ip 10.0.0.2 --ip6 2001:db8::1 --link-local-ip 169.254.1.1 --network mine",
            """
            {"NetworkingConfig":{"EndpointsConfig":{"mine":{"IPAMConfig":{"IPv4Address":"10.0.0.2","IPv6Address":"2001:db8::1","LinkLocalIPs":["169.254.1.1"]}}}},"HostConfig":{"NetworkMode":"mine"}}
            """
        },
        { "--ip 10.0.0.2", """{"NetworkingConfig":{"EndpointsConfig":{"default":{"IPAMConfig":{"IPv4Address":"10.0.0.2"}}}}}""" },
        {
            "--mac-address 92:d0:c6:0a:29:33",
            """
            {"MacAddress":"92:d0:c6:0a:29:33","NetworkingConfig":{"EndpointsConfig":{"default":{"MacAddress":"92:d0:c6:0a:29:33"}}}}
            """
        },
        { "--link db:database", """{"HostConfig":{"Links":["db:database"]}}""" },
        {
            "--link db --network mine",
            """
            {"NetworkingConfig":{"EndpointsConfig":{"mine":{"Links":["db"]}}},"HostConfig":{"NetworkMode":"mine","Links":["db"]}}
            """
        },
        {
            "--add-host db:10.0.0.5 --add-host six=[::1] --add-host up:host-gateway",
            """{"HostConfig":{"ExtraHosts":["db:10.0.0.5","six:::1","up:host-gateway"]}}"""
        },
        { "--dns 8.8.8.8 --dns 2001:DB8:0:0::1", """{"HostConfig":{"Dns":["8.8.8.8","2001:db8::1"]}}""" },
        { "--dns-option ndots:2 --dns-opt use-vc", """{"HostConfig":{"DnsOptions":["ndots:2","use-vc"]}}""" },
        { "--dns-search example.com. --dns-search .", """{"HostConfig":{"DnsSearch":["example.com","."]}}""" },
        { "-p 80", """{"ExposedPorts":{"80/tcp":{}},"HostConfig":{"PortBindings":{"80/tcp":[{"HostIp":"","HostPort":""}]}}}""" },
        {
            "-p 127.0.0.1:8080:80/udp -p [::1]::81 -p 8000-8001:9000-9001",
            """
            {"ExposedPorts":{"80/udp":{},"81/tcp":{},"9000/tcp":{},"9001/tcp":{}},"HostConfig":{"PortBindings":{"80/udp":[{"HostIp":"127.0.0.1","HostPort":"8080"}],"81/tcp":[{"HostIp":"::1","HostPort":""}],"9000/tcp":[{"HostIp":"","HostPort":"8000"}],"9001/tcp":[{"HostIp":"","HostPort":"8001"}]}}}
            """
        },
        {
            "-p 8000-8010:80",
            """{"ExposedPorts":{"80/tcp":{}},"HostConfig":{"PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8000-8010"}]}}}"""
        },
        {
            "-p target=80,published=8080,protocol=udp",
            """{"ExposedPorts":{"80/udp":{}},"HostConfig":{"PortBindings":{"80/udp":[{"HostIp":"","HostPort":"8080"}]}}}"""
        },
        { "-P", """{"HostConfig":{"PublishAllPorts":true}}""" },
        { "--expose 80 --expose 7000-7001/udp", """{"ExposedPorts":{"7000/udp":{},"7001/udp":{},"80/tcp":{}}}""" },
        { "-v /data", """{"Volumes":{"/data":{}}}""" },
        {
            "-v /a:/b:ro -v name:/c -v ./here:/d -v /a:/b:ro",
            """{"HostConfig":{"Binds":["/a:/b:ro","name:/c","/base/here:/d"]}}"""
        },
        { "--volume-driver nfs", """{"HostConfig":{"VolumeDriver":"nfs"}}""" },
        { "--volumes-from one:ro", """{"HostConfig":{"VolumesFrom":["one:ro"]}}""" },
        {
            "--mount type=bind,src=./here,dst=/b,readonly,bind-propagation=rslave",
            """
            {"HostConfig":{"Mounts":[{"Type":"bind","Source":"/base/here","Target":"/b","ReadOnly":true,"BindOptions":{"Propagation":"rslave"}}]}}
            """
        },
        {
            "--mount source=data,target=/b,volume-nocopy,volume-label=a=b,volume-driver=nfs,volume-opt=o=p,volume-subpath=s",
            """
            {"HostConfig":{"Mounts":[{"Type":"volume","Source":"data","Target":"/b","VolumeOptions":{"NoCopy":true,"Labels":{"a":"b"},"Subpath":"s","DriverConfig":{"Name":"nfs","Options":{"o":"p"}}}}]}}
            """
        },
        {
            "--mount type=tmpfs,dst=/t,tmpfs-size=64m,tmpfs-mode=1777",
            """{"HostConfig":{"Mounts":[{"Type":"tmpfs","Target":"/t","TmpfsOptions":{"SizeBytes":67108864,"Mode":1023}}]}}"""
        },
        {
            "--mount type=image,src=busybox,dst=/i,image-subpath=bin",
            """{"HostConfig":{"Mounts":[{"Type":"image","Source":"busybox","Target":"/i","ImageOptions":{"Subpath":"bin"}}]}}"""
        },
        {
            "--mount type=bind,src=/a,dst=/b,ro,bind-recursive=readonly,bind-propagation=rprivate,consistency=cached",
            """
            {"HostConfig":{"Mounts":[{"Type":"bind","Source":"/a","Target":"/b","ReadOnly":true,"Consistency":"cached","BindOptions":{"Propagation":"rprivate","ReadOnlyForceRecursive":true}}]}}
            """
        },
        {
            "--mount type=bind,src=/a,dst=/b,ro,bind-recursive=writable",
            """
            {"HostConfig":{"Mounts":[{"Type":"bind","Source":"/a","Target":"/b","ReadOnly":true,"BindOptions":{"ReadOnlyNonRecursive":true}}]}}
            """
        },
        {
            "--mount type=bind,src=/a,dst=/b,bind-recursive=disabled",
            """{"HostConfig":{"Mounts":[{"Type":"bind","Source":"/a","Target":"/b","BindOptions":{"NonRecursive":true}}]}}"""
        },
        { "--tmpfs /run:size=64m --tmpfs /tmp", """{"HostConfig":{"Tmpfs":{"/run":"size=64m","/tmp":""}}}""" },
        { "--read-only", """{"HostConfig":{"ReadonlyRootfs":true}}""" },
        { "--storage-opt size=10G", """{"HostConfig":{"StorageOpt":{"size":"10G"}}}""" },
        { "--shm-size 64m", """{"HostConfig":{"ShmSize":67108864}}""" },
        {
            "--gpus all",
            """{"HostConfig":{"DeviceRequests":[{"Driver":"","Count":-1,"Capabilities":[["gpu"]],"Options":{}}]}}"""
        },
        {
            "--gpus '\"device=0,1\",driver=nvidia,\"capabilities=compute,utility\",options=a=b'",
            """
            {"HostConfig":{"DeviceRequests":[{"Driver":"nvidia","Count":0,"DeviceIDs":["0","1"],"Capabilities":[["compute","utility","gpu"]],"Options":{"a":"b"}}]}}
            """
        },
        {
            "--device /dev/fuse --device /dev/sda:/dev/xvda:r --device /dev/kvm:rw",
            """
            {"HostConfig":{"Devices":[{"PathOnHost":"/dev/fuse","PathInContainer":"/dev/fuse","CgroupPermissions":"rwm"},{"PathOnHost":"/dev/sda","PathInContainer":"/dev/xvda","CgroupPermissions":"r"},{"PathOnHost":"/dev/kvm","PathInContainer":"/dev/kvm","CgroupPermissions":"rw"}]}}
            """
        },
        {
            "--device vendor.com/gpu=0 --device vendor.com/gpu=1",
            """
            {"HostConfig":{"DeviceRequests":[{"Driver":"cdi","Count":0,"DeviceIDs":["vendor.com/gpu=0","vendor.com/gpu=1"],"Options":{}}]}}
            """
        },
        { "--device-cgroup-rule 'c 42:* rmw'", """{"HostConfig":{"DeviceCgroupRules":["c 42:* rmw"]}}""" },
        { "--blkio-weight 300", """{"HostConfig":{"BlkioWeight":300}}""" },
        { "--blkio-weight-device /dev/sda:200", """{"HostConfig":{"BlkioWeightDevice":[{"Path":"/dev/sda","Weight":200}]}}""" },
        { "--device-read-bps /dev/sda:1mb", """{"HostConfig":{"BlkioDeviceReadBps":[{"Path":"/dev/sda","Rate":1048576}]}}""" },
        { "--device-write-bps /dev/sda:512", """{"HostConfig":{"BlkioDeviceWriteBps":[{"Path":"/dev/sda","Rate":512}]}}""" },
        { "--device-read-iops /dev/sda:1000", """{"HostConfig":{"BlkioDeviceReadIOps":[{"Path":"/dev/sda","Rate":1000}]}}""" },
        { "--device-write-iops /dev/sda:2000", """{"HostConfig":{"BlkioDeviceWriteIOps":[{"Path":"/dev/sda","Rate":2000}]}}""" },
        { "-c 0x200", """{"HostConfig":{"CpuShares":512}}""" },
        { "--cpus 1.5", """{"HostConfig":{"NanoCpus":1500000000}}""" },
        { "--cpu-period 100000", """{"HostConfig":{"CpuPeriod":100000}}""" },
        { "--cpu-quota -1", """{"HostConfig":{"CpuQuota":-1}}""" },
        { "--cpu-rt-period 1000", """{"HostConfig":{"CpuRealtimePeriod":1000}}""" },
        { "--cpu-rt-runtime 950", """{"HostConfig":{"CpuRealtimeRuntime":950}}""" },
        { "--cpuset-cpus 0-3", """{"HostConfig":{"CpusetCpus":"0-3"}}""" },
        { "--cpuset-mems 0,1", """{"HostConfig":{"CpusetMems":"0,1"}}""" },
        { "--cpu-count 2", """{"HostConfig":{"CpuCount":2}}""" },
        { "--cpu-percent 50", """{"HostConfig":{"CpuPercent":50}}""" },
        { "--io-maxbandwidth 10m", """{"HostConfig":{"IOMaximumBandwidth":10485760}}""" },
        { "--io-maxiops 100", """{"HostConfig":{"IOMaximumIOps":100}}""" },
        { "-m 64m", """{"HostConfig":{"Memory":67108864}}""" },
        { "--memory-reservation 1.5MiB", """{"HostConfig":{"MemoryReservation":1572864}}""" },
        { "--memory-swap -1", """{"HostConfig":{"MemorySwap":-1}}""" },
        { "--memory-swappiness 60", """{"HostConfig":{"MemorySwappiness":60}}""" },
        { "--kernel-memory 50m", """{"HostConfig":{"KernelMemory":52428800}}""" },
        { "--oom-kill-disable", """{"HostConfig":{"OomKillDisable":true}}""" },
        { "--oom-score-adj -500", """{"HostConfig":{"OomScoreAdj":-500}}""" },
        { "--pids-limit 100", """{"HostConfig":{"PidsLimit":100}}""" },
        {
            "--ulimit nofile=1024:2048 --ulimit core=0 --ulimit nofile=5",
            """{"HostConfig":{"Ulimits":[{"Name":"nofile","Hard":5,"Soft":5},{"Name":"core","Hard":0,"Soft":0}]}}"""
        },
        { "--privileged", """{"HostConfig":{"Privileged":true}}""" },
        { "--cap-add NET_ADMIN", """{"HostConfig":{"CapAdd":["NET_ADMIN"]}}""" },
        { "--cap-drop ALL", """{"HostConfig":{"CapDrop":["ALL"]}}""" },
        {
            "--security-opt no-new-privileges --security-opt label:disable",
            """{"HostConfig":{"SecurityOpt":["no-new-privileges","label:disable"]}}"""
        },
        {
            "--security-opt seccomp=profile --security-opt systempaths=unconfined",
            """{"HostConfig":{"SecurityOpt":["seccomp={\"a\":[1,\"b c\"]}"],"MaskedPaths":[],"ReadonlyPaths":[]}}"""
        },
        { "--userns host", """{"HostConfig":{"UsernsMode":"host"}}""" },
        { "--cgroupns private", """{"HostConfig":{"CgroupnsMode":"private"}}""" },
        { "--ipc container:other", """{"HostConfig":{"IpcMode":"container:other"}}""" },
        { "--pid host", """{"HostConfig":{"PidMode":"host"}}""" },
        { "--uts host", """{"HostConfig":{"UTSMode":"host"}}""" },
        { "--cgroup-parent /mesos", """{"HostConfig":{"CgroupParent":"/mesos"}}""" },
        { "--isolation default", """{"HostConfig":{"Isolation":"default"}}""" },
        { "--runtime runc", """{"HostConfig":{"Runtime":"runc"}}""" },
        {
            "--sysctl net.core.somaxconn=1024 --sysctl kernel.sem=1",
            """{"HostConfig":{"Sysctls":{"kernel.sem":"1","net.core.somaxconn":"1024"}}}"""
        },
        { "--restart on-failure:3", """{"HostConfig":{"RestartPolicy":{"Name":"on-failure","MaximumRetryCount":3}}}""" },
        { "--restart always", """{"HostConfig":{"RestartPolicy":{"Name":"always"}}}""" },
        { "--stop-signal SIGINT", """{"StopSignal":"SIGINT"}""" },
        { "--stop-timeout 30", """{"StopTimeout":30}""" },
        {
            "--health-cmd 'curl -f x' --health-interval 1m30s --health-timeout 500ms --health-start-period 2h --health-start-interval 1us --health-retries 3",
            """
            {"Healthcheck":{"Test":["CMD-SHELL","curl -f x"],"Interval":90000000000,"Timeout":500000000,"StartPeriod":7200000000000,"StartInterval":1000,"Retries":3}}
            """
        },
        { "--no-healthcheck", """{"Healthcheck":{"Test":["NONE"]}}""" },
        {
            "--log-driver json-file --log-opt max-size=10m --log-opt a",
            """{"HostConfig":{"LogConfig":{"Type":"json-file","Config":{"a":"","max-size":"10m"}}}}"""
        },
    };
}
