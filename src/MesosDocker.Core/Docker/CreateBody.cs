namespace MesosDocker.Docker;

/// <summary>
/// A container's specification in the words of one version of the API (docs.docker.com/reference/api/engine/version-history).
/// What a version says differently is said so; what it cannot say is left out with a warning where the container only runs less
/// well for it, and refused where it would run as something else than was asked for.
/// </summary>
/// <param name="LaterNetworks">Before 1.44 a container is created with one network; these are joined after.</param>
internal sealed record CreateBody(
    ContainerSpec Spec, IReadOnlyDictionary<string, EndpointSpec> LaterNetworks, IReadOnlyList<string> Warnings)
{
    private const int Major = 1;

    // The engine's own name for the network of a container that names none.
    private const string DefaultNetwork = "default";

    /// <exception cref="MesosDockerException"><see cref="Fault.EngineTooOld"/>: naming the field and the version that has
    /// it.</exception>
    public static CreateBody For(ApiVersion version, ContainerSpec spec, string? platform)
    {
        var warnings = new List<string>();
        Require(version, Since(41), platform is not null, "a platform for the container (--platform)");
        ContainerSpec fitted = spec with
        {
            Healthcheck = FitHealthcheck(version, spec.Healthcheck, warnings),
            StopTimeout = Keep(version, Since(25), spec.StopTimeout, "StopTimeout (--stop-timeout)", warnings),
            HostConfig = FitHost(version, spec.HostConfig, warnings),
        };
        (fitted, IReadOnlyDictionary<string, EndpointSpec> later) = FitNetworks(version, fitted, warnings);
        return new CreateBody(fitted, later, warnings);
    }

    private static HealthcheckSpec? FitHealthcheck(ApiVersion version, HealthcheckSpec? check, List<string> warnings)
        => check is null ? null : check with
        {
            StartPeriod = Keep(
                version, Since(29), check.StartPeriod, "the health check's StartPeriod (--health-start-period)", warnings),
            StartInterval = Keep(
                version, Since(44), check.StartInterval, "the health check's StartInterval (--health-start-interval)", warnings),
        };

    private static HostConfig FitHost(ApiVersion version, HostConfig host, List<string> warnings)
    {
        Require(version, Since(40), host.DeviceRequests is { Count: > 0 }, "DeviceRequests (--gpus)");
        Require(version, Since(28), host.DeviceCgroupRules is { Count: > 0 }, "DeviceCgroupRules (--device-cgroup-rule)");
        Require(version, Since(41), host.CgroupnsMode == "private", "CgroupnsMode (--cgroupns=private)");
        long? kernelMemory = host.KernelMemory;
        if (kernelMemory is not null && version >= Since(42))
        {
            kernelMemory = null;
            warnings.Add($"KernelMemory (--kernel-memory) is ignored: since API {Since(42)} engines have no such limit.");
        }

        HostConfig fitted = host with
        {
            AutoRemove = Keep(version, Since(25), host.AutoRemove, "AutoRemove (--rm)", warnings),
            Init = Keep(version, Since(25), host.Init, "Init (--init)", warnings),
            CpuRealtimePeriod = Keep(
                version, Since(25), host.CpuRealtimePeriod, "CpuRealtimePeriod (--cpu-rt-period)", warnings),
            CpuRealtimeRuntime = Keep(
                version, Since(25), host.CpuRealtimeRuntime, "CpuRealtimeRuntime (--cpu-rt-runtime)", warnings),
            CgroupnsMode = version < Since(41) ? null : host.CgroupnsMode,
            Annotations = Keep(version, Since(43), host.Annotations, "Annotations (--annotation)", warnings),
            KernelMemory = kernelMemory,
            Mounts = host.Mounts is null ? null : [.. host.Mounts.Select(mount => FitMount(version, mount, warnings))],
        };
        return host.NanoCpus is { } cpus && version < Since(25)
            ? fitted with { NanoCpus = null, CpuPeriod = CpuQuotas.Period, CpuQuota = CpuQuotas.Of(cpus) }
            : fitted;
    }

    private static MountSpec FitMount(ApiVersion version, MountSpec mount, List<string> warnings)
    {
        string where = mount.Target ?? "";
        Require(version, Since(25), true, $"Mounts (--mount, at '{where}')");
        Require(version, Since(48), mount.Type == "image", $"a mount of an image (at '{where}')");
        Require(version, Since(45), mount.VolumeOptions?.Subpath is not null, $"a volume's Subpath (at '{where}')");
        Require(version, Since(46), mount.TmpfsOptions?.Options is not null, $"a tmpfs' Options (at '{where}')");
        Require(version, Since(40), mount.BindOptions?.NonRecursive == true, $"a bind's NonRecursive (at '{where}')");
        bool force = mount.BindOptions?.ReadOnlyForceRecursive == true;
        Require(version, Since(44), force, $"a bind's ReadOnlyForceRecursive (at '{where}')");
        return mount.BindOptions is not { } bind ? mount : mount with
        {
            BindOptions = bind with
            {
                // What engines before it do anyway.
                ReadOnlyNonRecursive = version < Since(44) ? null : bind.ReadOnlyNonRecursive,
                CreateMountpoint = Keep(
                    version, Since(42), bind.CreateMountpoint, $"a bind's CreateMountpoint (at '{where}')", warnings),
            },
        };
    }

    private static (ContainerSpec Spec, IReadOnlyDictionary<string, EndpointSpec> Later) FitNetworks(
        ApiVersion version, ContainerSpec spec, List<string> warnings)
    {
        Dictionary<string, EndpointSpec> endpoints = new((spec.NetworkingConfig ?? new NetworkingConfig()).EndpointsConfig);
        string main = spec.HostConfig.NetworkMode is { Length: > 0 } mode ? mode : DefaultNetwork;
        if (version < Since(48))
        {
            foreach ((string network, EndpointSpec endpoint) in endpoints)
            {
                endpoints[network] = endpoint with
                {
                    GwPriority = Keep(version, Since(48), endpoint.GwPriority, $"GwPriority of network '{network}'", warnings),
                };
            }
        }

        if (version >= Since(44))
        {
            return (MoveMacToEndpoint(spec, main, endpoints), new Dictionary<string, EndpointSpec>());
        }

        // One network goes into the request: the one that NetworkMode names, else the first.
        string? first = endpoints.ContainsKey(main) ? main : endpoints.Keys.FirstOrDefault();
        var later = endpoints.Where(pair => pair.Key != first).ToDictionary();
        foreach (string network in later.Where(static pair => pair.Value.MacAddress is not null).Select(static pair => pair.Key))
        {
            warnings.Add(TooOldFor(version, Since(44), $"the MAC address in network '{network}'"));
        }

        EndpointSpec? primary = first is null ? null : endpoints[first];
        return (
            spec with
            {
                MacAddress = spec.MacAddress ?? primary?.MacAddress,
                NetworkingConfig = primary is null ? null : new NetworkingConfig
                {
                    EndpointsConfig = new Dictionary<string, EndpointSpec> { [first!] = primary with { MacAddress = null } },
                },
            },
            later);
    }

    private static ContainerSpec MoveMacToEndpoint(ContainerSpec spec, string main, Dictionary<string, EndpointSpec> endpoints)
    {
        bool hasInterface = main is not ("host" or "none") && !main.StartsWith("container:", StringComparison.Ordinal);
        if (spec.MacAddress is { } address && hasInterface)
        {
            EndpointSpec endpoint = endpoints.GetValueOrDefault(main) ?? new EndpointSpec();
            endpoints[main] = endpoint with { MacAddress = endpoint.MacAddress ?? address };
            spec = spec with { MacAddress = null };
        }

        return spec with
        {
            NetworkingConfig = endpoints.Count == 0 ? null : new NetworkingConfig { EndpointsConfig = endpoints },
        };
    }

    /// <summary>The version 1.<paramref name="minor"/>, with which something came or changed.</summary>
    private static ApiVersion Since(int minor) => new(Major, minor);

    private static T? Keep<T>(ApiVersion version, ApiVersion since, T? value, string what, List<string> warnings)
    {
        if (value is null || version >= since)
        {
            return value;
        }

        warnings.Add(TooOldFor(version, since, what));
        return default;
    }

    private static string TooOldFor(ApiVersion version, ApiVersion since, string what)
        => $"{what} is ignored: the engine speaks API {version}, and it came with {since}.";

    private static void Require(ApiVersion version, ApiVersion since, bool used, string what)
    {
        if (used && version < since)
        {
            throw new MesosDockerException(
                Fault.EngineTooOld,
                $"The Docker engine speaks API {version}, which does not know {what}; that came with API {since}. "
                + "Do without it, or use a newer engine.");
        }
    }
}
