namespace MesosDocker.Docker;

/// <summary>
/// Options which exclude each other: those that the docker client refuses, and those that every engine from 20.10 on refuses before
/// it looks at anything else (the integration tests ask one).
/// </summary>
internal static class RunConflicts
{
    /// <param name="said">What one line says.</param>
    /// <param name="run">What came of it.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionConflict"/></exception>
    public static void Check(IReadOnlyList<SaidOption<RunOption>> said, DockerRun run)
    {
        if (OnTheLine(said).Concat(InTheRun(run)).FirstOrDefault() is { } conflict)
        {
            throw new MesosDockerException(Fault.OptionConflict, conflict);
        }
    }

    private static IEnumerable<string> OnTheLine(IReadOnlyList<SaidOption<RunOption>> said)
    {
        if (Last(said, "attach") is not null && IsOn(said, "detach"))
        {
            yield return "--attach and --detach exclude each other; leave one out.";
        }

        if (IsOn(said, "no-healthcheck") && said.FirstOrDefault(s => IsHealthSetting(s, said)) is ({ } setting, _))
        {
            yield return $"--no-healthcheck and {setting} exclude each other; leave one out.";
        }

        if (said.FirstOrDefault(s => s.Option.Name == "network") is not ({ }, { } first))
        {
            yield break;
        }

        EndpointSpec endpoint = Networks.Read(first).Endpoint;
        (string Option, bool Set)[] both =
        [
            ("network-alias", endpoint.Aliases is { Count: > 0 }),
            ("ip", !string.IsNullOrEmpty(endpoint.Ipam?.IPv4Address)),
            ("ip6", !string.IsNullOrEmpty(endpoint.Ipam?.IPv6Address)),
            ("link-local-ip", endpoint.Ipam?.LinkLocalIps is { Count: > 0 }),
            ("mac-address", !string.IsNullOrEmpty(endpoint.MacAddress)),
        ];
        foreach ((string option, _) in both.Where(b => b.Set && !string.IsNullOrEmpty(Last(said, b.Option))))
        {
            yield return $"--{option} and the same setting in --network exclude each other; leave one out.";
        }
    }

    private static IEnumerable<string> InTheRun(DockerRun run)
    {
        HostConfig host = run.Host();
        if (host.AutoRemove == true && host.RestartPolicy is { Name: not "no" } policy)
        {
            yield return $"--rm and --restart={policy.Name} exclude each other: what is removed cannot start again; leave one out.";
        }

        if (host.LogConfig is { Type: "none", Config.Count: > 0 })
        {
            yield return "--log-driver=none takes no --log-opt; leave one out.";
        }

        foreach (string conflict in OfNetworks(run).Concat(OfModes(run)))
        {
            yield return conflict;
        }
    }

    private static IEnumerable<string> OfNetworks(DockerRun run)
    {
        string primary = Networks.PrimaryName(run);
        IReadOnlyDictionary<string, EndpointSpec> endpoints = Networks.Endpoints(run);
        foreach ((string name, EndpointSpec endpoint) in endpoints)
        {
            if (!Networks.IsUserDefined(name) && endpoint.Aliases is { Count: > 0 })
            {
                yield return $"Only networks of a user's own know aliases, and '{OptionValue.Shown(name)}' is none; leave --network-alias "
                    + "out or choose a --network.";
            }
        }

        if (endpoints.Keys.FirstOrDefault(name => Networks.IsUserDefined(name) != Networks.IsUserDefined(primary)) is { } other)
        {
            yield return $"A container cannot be in '{OptionValue.Shown(primary)}' and in '{OptionValue.Shown(other)}' at once, for one of "
                + "them is the engine's own (bridge, host, none, container:…); choose one.";
        }
    }

    /// <summary>What the engine itself refuses.</summary>
    private static IEnumerable<string> OfModes(DockerRun run)
    {
        HostConfig host = run.Host();
        if (host.UtsMode == "host" && !string.IsNullOrEmpty(run.Container.Hostname))
        {
            yield return "--uts=host and --hostname exclude each other: the name is the host's; leave one out.";
        }

        if (host is { NetworkMode: "host", Links.Count: > 0 })
        {
            yield return "--network=host and --link exclude each other: on the host's network there are no links; leave one out.";
        }

        if (!Networks.IsContainer(host.NetworkMode))
        {
            yield break;
        }

        (string Option, bool Said)[] others =
        [
            ("--hostname", !string.IsNullOrEmpty(run.Container.Hostname)),
            ("--link", host.Links is { Count: > 0 }),
            ("--dns", host.Dns is { Count: > 0 }),
            ("--add-host", host.ExtraHosts is { Count: > 0 }),
            ("--mac-address", !string.IsNullOrEmpty(run.Container.MacAddress)),
            ("--publish", host.PortBindings is { Count: > 0 }),
            ("--publish-all", host.PublishAllPorts == true),
            ("--expose", run.Container.ExposedPorts is { Count: > 0 }),
        ];
        foreach ((string option, _) in others.Where(o => o.Said))
        {
            yield return $"--network={OptionValue.Shown(host.NetworkMode!)} and {option} exclude each other: it is the other container's "
                + "to say; leave one out.";
        }
    }

    /// <summary>A health option whose last value sets something.</summary>
    private static bool IsHealthSetting(SaidOption<RunOption> one, IReadOnlyList<SaidOption<RunOption>> said)
        => one.Option.Name.StartsWith("health-", StringComparison.Ordinal)
            && said.Last(s => s.Option.Rank == one.Option.Rank).Value is var last
            && one.Option.Reading(new DockerRun(), last).Container.Healthcheck is { } health
            && HealthOptions.Says(health);

    private static bool IsOn(IReadOnlyList<SaidOption<RunOption>> said, string name)
        => GoNumbers.TryFlag(Last(said, name) ?? "", out bool on) && on;

    private static string? Last(IReadOnlyList<SaidOption<RunOption>> said, string name)
        => said.LastOrDefault(s => s.Option.Name == name) is ({ }, { } value) ? value.Text : null;
}
