using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Mesos;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Containerizer;

/// <summary>
/// Every launch of the two older containerizers means what it meant. Where it does not, the old meaning was a fault: it is named here,
/// and in docs/compatibility.md.
/// </summary>
public sealed class SeedLaunchTests
{
    private const string Sandbox = "/sandbox";
    private const string Deimos = "deimos";
    private const string Dmc = "dmc";

    // Launches that never became a container then, for a fault of the tool, and do now. What they become is asserted further down.
    private static readonly string[] s_refusedThen =
    [
        "deimos/image-no-scheme", "deimos/containerinfo", "deimos/dockercfg-missing", "deimos/uri-corrupt",
        "dmc/default-none", "dmc/containerinfo-volume", "dmc/uri-missing", "dmc/no-libexec-uris",
    ];

    public static TheoryData<string, string> Launches()
    {
        var data = new TheoryData<string, string>();
        foreach (SeedLaunch seed in SeedLaunch.All(Deimos).Concat(SeedLaunch.All(Dmc)))
        {
            if (seed.Runs.Count > 0)
            {
                data.Add(seed.Tool, seed.Name);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Launches))]
    public void EveryLaunch_MeansWhatItMeant(string tool, string name)
    {
        SeedLaunch seed = SeedLaunch.Named(tool, name);
        DockerRun then = Repair(seed, DockerRunLine.Parse([.. Mend(seed, seed.Runs[0])], new NoRunFiles()).Run);

        DockerRun now = Plan(seed).Run;

        AssertSame(then.Container.Image, now.Container.Image);
        AssertSame(then.Container.Cmd, now.Container.Cmd);
        AssertSame(then.Container.Entrypoint, now.Container.Entrypoint);
        AssertSame(then.Container.WorkingDir, now.Container.WorkingDir);
        AssertSame(then.Container.Hostname, now.Container.Hostname);
        AssertSame(then.Container.User, now.Container.User);
        AssertSame(then.Container.HostConfig.Memory, now.Container.HostConfig.Memory);
        AssertSame(then.Container.HostConfig.CpuShares, now.Container.HostConfig.CpuShares);
        AssertSame(then.Container.HostConfig.Privileged, now.Container.HostConfig.Privileged);
        AssertSame(Network(then), Network(now));
        AssertSame(Ports(then), Ports(now));
        AssertSame(Folders(then), Folders(now));
        Assert.Empty(Environment(then, seed).Except(now.Container.Env ?? []));
    }

    [Fact]
    public void EveryOtherLaunch_IsAccountedFor()
    {
        IEnumerable<string> without = SeedLaunch.All(Deimos).Concat(SeedLaunch.All(Dmc))
            .Where(static seed => seed.Runs.Count == 0)
            .Select(static seed => $"{seed.Tool}/{seed.Name}");

        string[] pulls = ["deimos/ports-not-local", "dmc/image-triple-slash", "dmc/image-no-scheme", "dmc/containerinfo-registry-port"];
        Assert.Equal(s_refusedThen.Concat(pulls).Order(), without.Order());
    }

    [Theory]
    [InlineData(Deimos, "image-no-scheme", "busybox")]
    [InlineData(Deimos, "containerinfo", "busybox")]
    [InlineData(Dmc, "image-triple-slash", "localhost:5000/busybox:latest")]
    [InlineData(Dmc, "image-no-scheme", "localhost:5000/busybox")]
    [InlineData(Dmc, "containerinfo-registry-port", "localhost:5000/busybox")]
    [InlineData(Dmc, "default-none", "libmesos/debian:12")]
    public void ImageNames_AreNoLongerMangledOrRefused(string tool, string name, string image)
        => Assert.Equal(image, Plan(SeedLaunch.Named(tool, name)).Run.Container.Image);

    [Fact]
    public void Volumes_AreMounted_WhereAllOfThemFailed()
        => Assert.Contains("/tmp:/host:ro", Plan(SeedLaunch.Named(Dmc, "containerinfo-volume")).Run.Container.HostConfig.Binds!);

    [Fact]
    public void ContainerInfo_IsNoLongerIgnored_ByDeimos()
    {
        DockerRun run = Plan(SeedLaunch.Named(Deimos, "containerinfo")).Run;

        Assert.Equal("bridge", run.Container.HostConfig.NetworkMode);
        Assert.Equal("31000", run.Container.HostConfig.PortBindings!["80/tcp"][0].HostPort);
    }

    [Fact]
    public void TasksUser_IsNoLongerIgnored_ByDeimos()
        => Assert.Equal("65534:65534", Plan(SeedLaunch.Named(Deimos, "command-user")).Run.Container.User);

    [Fact]
    public void ExposedUdp_IsNoLongerPublishedAsTcp()
    {
        DockerRun run = Plan(SeedLaunch.Named(Deimos, "ports-expose"), "53/udp").Run;

        Assert.Equal("31000", run.Container.HostConfig.PortBindings!["53/udp"][0].HostPort);
    }

    [Fact]
    public void TooFewPorts_AreWarnedOf()
        => Assert.Contains(Plan(SeedLaunch.Named(Deimos, "ports-too-few")).Warnings, static warning => warning.Contains("443/tcp"));

    /// <summary>Words that the docker client of then refused, or took for something else.</summary>
    private static IEnumerable<string> Mend(SeedLaunch seed, IReadOnlyList<string> words) => $"{seed.Tool}/{seed.Name}" switch
    {
        // `--tls false` is not how a switch is written.
        "deimos/config-docker" => words.SkipWhile(static w => w != "run"),

        // Parameters had lost their dashes.
        "dmc/containerinfo-parameters-marathon" => words.Select(static w => w == "label" ? "--label" : w == "a" ? "a" : w),
        "dmc/containerinfo-parameters" => words,

        // Words were taken apart at blanks; and nobody split at "//".
        "dmc/options" => words.Where(static w => w != "c").Select(static w => w == "A=b" ? "A=b c" : w),
        "dmc/options-trailing" => words.TakeWhile(static w => w != "//").Append("localhost:5000/ecp/entry").Concat(["start", "web"]),
        _ => words,
    };

    /// <summary>The listed faults, put right in what the old tool ran.</summary>
    private static DockerRun Repair(SeedLaunch seed, DockerRun run)
    {
        ContainerSpec container = run.Container;
        HostConfig host = container.HostConfig;
        Launch launch = seed.ToLaunch("rec-" + seed.Name, Sandbox);
        CommandInfo command = launch.Task?.Command ?? launch.Executor!.Command!;
        if (seed.Tool == Dmc)
        {
            // A command task ran mesos-executor, which no image has, with the resources counted twice; output was redirected by the
            // shell, which got lists of commands wrong; and `-p :31000` opened a port nobody was offered.
            container = container with { Cmd = launch.Task is null ? Unredirect(container.Cmd) : ["sh", "-c", command.Value!] };
            (container, host) = (container with { Hostname = launch.Executor?.Container?.Hostname }, host with { PortBindings = Offered(host, launch) });
            if (launch.Task is { Resources: var resources })
            {
                host = host with { CpuShares = Shares(resources.Cpus), Memory = Bytes(resources.Memory) };
            }

            // The entrypoint of the image got in between (MESOS-1770).
            if (launch.Executor?.Container is not null || launch.Task?.Container is not null)
            {
                container = container.Cmd is ["sh", "-c", var line] ? container with { Entrypoint = ["/bin/sh"], Cmd = ["-c", line] } : container;
            }
        }

        // Less than the engine takes was no limit, or no container.
        host = TaskView.Of(launch).Resources.Memory is > 0
            ? host with { Memory = Math.Max(host.Memory ?? 0, 6L << 20) }
            : host;
        host = host.CpuShares is 0 or 1 ? host with { CpuShares = launch.Executor?.Resources.Cpus is > 0 ? 2 : null } : host;

        // Users were ignored by one and passed on by name by the other; numbers are what the sandbox belongs to.
        container = container with { User = command.User is not null || launch.User is not null ? "65534:65534" : null };

        // `shell: false` was ignored.
        if (!command.Shell)
        {
            container = container with { Entrypoint = null, Cmd = [command.Value!, .. command.Arguments.Skip(1)] };
        }

        // No command at all is the image's own.
        if (command is { Shell: true, Value: null } && seed.Tool == Dmc)
        {
            container = container with { Cmd = null };
        }

        return seed.Name switch
        {
            "default-env" => run with { Container = container with { HostConfig = host, Image = "busybox" } },
            "containerinfo-user-net" => run with { Container = container with { HostConfig = host with { NetworkMode = "mynet" } } },
            "options-trailing" when seed.Tool == Dmc => run with { Container = container with { HostConfig = host, Cmd = ["start", "web"] } },
            _ => run with { Container = container with { HostConfig = host } },
        };
    }

    private static IReadOnlyList<string>? Unredirect(IReadOnlyList<string>? command)
        => command?.Select(static w => w.Split(" >> ", 2)[0]).ToArray();

    private static Dictionary<string, IReadOnlyList<PortBinding>>? Offered(HostConfig host, Launch launch)
    {
        ICollection<int>? mapped = launch.Executor?.Container?.Docker?.PortMappings.Select(static m => m.HostPort).ToArray();
        return host.PortBindings?.Where(pair => mapped?.Any(p => pair.Value.Any(b => b.HostPort == $"{p}")) == true).ToDictionary();
    }

    private static long? Shares(decimal? cpus) => cpus is { } count ? (long)(count * 1024) : null;

    private static long? Bytes(decimal? memory) => memory is { } megabytes ? (long)(megabytes * (1 << 20)) : null;

    private static LaunchPlan Plan(SeedLaunch seed, params string[] exposed)
    {
        Launch launch = seed.ToLaunch("rec-" + seed.Name, Sandbox);
        if (seed.Name == "containerinfo-user-net")
        {
            // The old tool had no way to name the network; there is one now.
            launch = launch with { Executor = launch.Executor! with { Container = launch.Executor.Container! with { NetworkName = "mynet" } } };
        }

        ContainerizerSettings settings = Settings(seed);
        TaskView task = TaskView.Of(launch);
        ImageChoice image = ImageChoice.For(task, settings, new HostRelease("debian", "12"));
        return LaunchPlan.Create(new LaunchPlanInput
        {
            Task = task,
            Settings = settings,
            Image = image,
            ExposedPorts = exposed.Length > 0 ? exposed : image.Reference.Contains("expose") ? ["80/tcp", "443/tcp"] : [],
            Environment = new Dictionary<string, string>
            {
                ["MESOS_FRAMEWORK_ID"] = "framework-0",
                ["MESOS_EXECUTOR_ID"] = "rec-" + seed.Name,
                ["MESOS_RECOVERY_TIMEOUT"] = "15mins",
                ["MESOS_CHECKPOINT"] = launch.Checkpoint ? "1" : "0",
            },
            WorkDirectory = "/work",
            StateRoot = "/state",
            Sandbox = seed.Tool == Deimos ? Sandbox + "/fs" : Sandbox,
            HostUser = TaskView.Of(launch).User == "nobody" ? "65534:65534" : null,
            Files = new NoRunFiles(),
        });
    }

    private static ContainerizerSettings Settings(SeedLaunch seed)
    {
        var environment = new Dictionary<string, string> { ["MESOS_DOCKER_CONTAINERS_LEGACY"] = seed.Tool };
        if (seed.DefaultImage is { } image)
        {
            environment["MESOS_DEFAULT_CONTAINER_IMAGE"] = image;
        }

        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, seed.Configuration ?? "");
            return SettingsReader.Read(new SettingsSources { Environment = environment, File = file }).AsFarAsRead;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>An id that left the state root is refused now (StateStoreTests); the launch is compared under another.</summary>
    private static IEnumerable<string> Environment(DockerRun run, SeedLaunch seed)
        => (run.Container.Env ?? []).Select(word => word.Replace("../../ecp-escape", "rec-" + seed.Name, StringComparison.Ordinal));

    private static string Network(DockerRun run) => run.Container.HostConfig.NetworkMode is null or "" ? "default" : run.Container.HostConfig.NetworkMode;

    private static IEnumerable<string> Ports(DockerRun run) => (run.Container.HostConfig.PortBindings ?? new Dictionary<string, IReadOnlyList<PortBinding>>())
        .SelectMany(static pair => pair.Value.Select(binding => $"{binding.HostPort}:{pair.Key}"))
        .Order();

    /// <summary>Binds and mounts alike, as host:container[:ro]; the sandbox's own host directory had another name.</summary>
    private static IEnumerable<string> Folders(DockerRun run)
    {
        IEnumerable<string> binds = (run.Container.HostConfig.Binds ?? []).Select(static bind => bind.Replace(":rw", "", StringComparison.Ordinal));
        IEnumerable<string> mounts = (run.Container.HostConfig.Mounts ?? []).Select(static m => $"{m.Source}:{m.Target}{(m.ReadOnly == true ? ":ro" : "")}");
        return binds.Concat(mounts).Select(static folder => folder.EndsWith("mesos-sandbox", StringComparison.Ordinal)
            ? "SANDBOX:" + folder.Split(':')[^1]
            : folder).Order();
    }

    private static void AssertSame<T>(T then, T now) => Assert.Equal(then, now);
}
