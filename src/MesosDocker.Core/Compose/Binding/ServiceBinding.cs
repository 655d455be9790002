using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Makes the typed service of a canonical one.</summary>
internal static class ServiceBinding
{
    /// <param name="service">Canonical, with its variables, files of variables and paths resolved.</param>
    /// <param name="whole">What stands in the project's document.</param>
    public static ComposeService Bind(string name, SourceMap service, SourceMap whole)
    {
        var map = new CanonicalMap(service);
        ComposeService bound = new()
        {
            Name = name,
            Source = whole,
            Image = map.Text("image"),
            Build = BuildBinding.Bind(map.Map("build")),
            Provider = map.Map("provider").Text("type"),
            Replicas = map.Int("scale") ?? map.Map("deploy").Int("replicas") ?? 1,
            Resources = ResourceBinding.Bind(map),
            Command = map.Words("command"),
            Entrypoint = map.Words("entrypoint"),
            Environment = map.Pairs("environment"),
            Labels = map.Values("labels"),
            ContainerName = map.Text("container_name"),
            Hostname = map.Text("hostname"),
            DomainName = map.Text("domainname"),
            User = map.Text("user"),
            WorkingDirectory = map.Text("working_dir"),
            Platform = map.Text("platform"),
            Runtime = map.Text("runtime"),
            PullPolicy = map.Text("pull_policy"),
            IsPrivileged = map.Flag("privileged") ?? false,
            IsReadOnly = map.Flag("read_only") ?? false,
            HasTerminal = map.Flag("tty") ?? false,
            HasStandardInput = map.Flag("stdin_open") ?? false,
            HasInit = map.Flag("init"),
            Ports = [.. map.Items("ports").Select(PortsShape.Read)],
            Expose = map.Texts("expose"),
            NetworkMode = map.Text("network_mode"),
            Networks = NetworkBinding.Attachments(map),
            Links = map.Texts("links"),
            ExternalLinks = map.Texts("external_links"),
            ExtraHosts = NetworkBinding.Hosts(map),
            Dns = map.Texts("dns"),
            DnsSearch = map.Texts("dns_search"),
            DnsOptions = map.Texts("dns_opt"),
            MacAddress = map.Text("mac_address"),
            Volumes = [.. map.Items("volumes").Select(MountBinding.Bind)],
            Tmpfs = map.Texts("tmpfs"),
            VolumesFrom = [.. map.Texts("volumes_from").Select(MountBinding.From)],
            Secrets = [.. map.Maps("secrets").Select(static secret => MountBinding.File(secret, "/run/secrets/"))],
            Configs = [.. map.Maps("configs").Select(static config => MountBinding.File(config, "/"))],
            Devices = [.. map.Items("devices").Select(MountBinding.Device)],
            Healthcheck = HealthBinding.Bind(map.Map("healthcheck")),
            Restart = DeployBinding.Restart(map),
            Deploy = DeployBinding.Bind(map.Map("deploy")),
            Logging = DeployBinding.Logging(map.Map("logging")),
            StopGracePeriod = map.Duration("stop_grace_period"),
            StopSignal = map.Text("stop_signal"),
            Ipc = map.Text("ipc"),
            Pid = map.Text("pid"),
            Uts = map.Text("uts"),
            UserNamespace = map.Text("userns_mode"),
            CgroupParent = map.Text("cgroup_parent"),
            CapabilitiesAdded = map.Texts("cap_add"),
            CapabilitiesDropped = map.Texts("cap_drop"),
            SecurityOptions = map.Texts("security_opt"),
            Groups = map.Texts("group_add"),
            Sysctls = map.Values("sysctls"),
            Ulimits = ResourceBinding.Ulimits(map),
            Profiles = ActiveServices.Of(service),
        };
        return bound with { DependsOn = DependencyBinding.Bind(map, bound) };
    }
}
