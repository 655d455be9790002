using MesosDocker.Docker;
using MesosDocker.Io;
using static MesosDocker.Containerizer.SettingKinds;

namespace MesosDocker.Containerizer;

/// <summary>
/// Every setting there is. Reading, listing, the document and the tests go by this table, and the default of each row is the one
/// of <see cref="ContainerizerSettings"/>: what is not here cannot be configured.
/// </summary>
internal static class SettingsTable
{
    public const string ClientSection = "docker";

    private static readonly string[] s_withoutEffect = ["debug", "log_level", "d", "l"];

    public static IReadOnlyList<Setting> Rows { get; } = [.. Docker(), .. Images(), .. Containers(), .. Operation()];

    public static IReadOnlyList<string> Sections { get; } = [.. Rows.Select(static row => row.Section).Distinct()];

    /// <param name="key">In lower case; dashes and underscores are the same.</param>
    public static Setting? Find(string section, string key)
        => Rows.FirstOrDefault(row => row.Section == section && IsNamed(row, key.Replace('-', '_')));

    /// <summary>Options of the docker client that are understood and have nothing to act on: there is no client here.</summary>
    public static bool IsWithoutEffect(string section, string key)
        => section == ClientSection && s_withoutEffect.Contains(key.Replace('-', '_'));

    /// <summary>Whether a key of <see cref="ClientSection"/> is understood.</summary>
    public static bool IsClientOption(string key) => Find(ClientSection, key) is not null || IsWithoutEffect(ClientSection, key);

    /// <summary>What to say of any other.</summary>
    public static string ClientOptionUnknown { get; } = "this is no option of the docker client that could be honoured here; there are "
        + string.Join(", ", Rows.Where(static row => row.Section == ClientSection).Select(static row => row.Key));

    private static bool IsNamed(Setting row, string key) => row.Key == key || row.Aliases.Contains(key);

    private static IEnumerable<Setting> Docker() =>
    [
        new Setting<IReadOnlyList<string>>(ClientSection, "host", EngineHosts.Kind,
            static s => s.Engine.Hosts,
            static (s, value) => s with { Engine = s.Engine with { Hosts = value } },
            "Where the Docker engine listens, of several the first that answers; none: DOCKER_HOST, else the local socket")
            {
                Aliases = ["h"],
            },
        new Setting<bool?>(ClientSection, "tls", OptionalFlag,
            static s => s.Engine.Tls,
            static (s, value) => s with { Engine = s.Engine with { Tls = value } },
            "Speak TLS to the engine without verifying it"),
        new Setting<bool?>(ClientSection, "tlsverify", OptionalFlag,
            static s => s.Engine.TlsVerify,
            static (s, value) => s with { Engine = s.Engine with { TlsVerify = value } },
            "Speak TLS to the engine and verify it"),
        new Setting<string?>(ClientSection, "tlscacert", OptionalPath,
            static s => s.Engine.TlsCaCertificate,
            static (s, value) => s with { Engine = s.Engine with { TlsCaCertificate = value } },
            "The certificate of the authority that the engine must be signed by"),
        new Setting<string?>(ClientSection, "tlscert", OptionalPath,
            static s => s.Engine.TlsCertificate,
            static (s, value) => s with { Engine = s.Engine with { TlsCertificate = value } },
            "Our own certificate, for the engine"),
        new Setting<string?>(ClientSection, "tlskey", OptionalPath,
            static s => s.Engine.TlsKey,
            static (s, value) => s with { Engine = s.Engine with { TlsKey = value } },
            "The key of our own certificate"),
        new Setting<string?>(ClientSection, "config", OptionalPath,
            static s => s.Engine.ConfigDirectory,
            static (s, value) => s with { Engine = s.Engine with { ConfigDirectory = value } },
            "The directory of a config.json with the credentials of registries; none: DOCKER_CONFIG, else ~/.docker"),
    ];

    private static IEnumerable<Setting> Images() =>
    [
        new Setting<string?>("docker.index", "index", Word,
            static s => s.Index.Index,
            static (s, value) => s with { Index = s.Index with { Index = value } },
            "The registry of the guessed image, as host:port"),
        new Setting<string?>("docker.index", "account", Word,
            static s => s.Index.Account,
            static (s, value) => s with { Index = s.Index with { Account = value } },
            "The account of the guessed image"),
        new Setting<string?>("docker.index", "account_libmesos", Word,
            static s => s.Index.AccountLibmesos,
            static (s, value) => s with { Index = s.Index with { AccountLibmesos = value } },
            "The account of the guessed image of a framework's executor, which needs libmesos in it"),
        new Setting<string?>("docker.index", "dockercfg", OptionalPath,
            static s => s.Index.CredentialsFile,
            static (s, value) => s with { Index = s.Index with { CredentialsFile = value } },
            "A .dockercfg or config.json with the credentials of registries"),
        new Setting<string?>("containers.image", "default", Image,
            static s => s.Image.Default,
            static (s, value) => s with { Image = s.Image with { Default = value } },
            "The image of tasks that name none; none: one for the host's distribution and release")
            {
                ForeignVariable = "MESOS_DEFAULT_CONTAINER_IMAGE",
            },
        new Setting<bool>("containers.image", "ignore", Flag,
            static s => s.Image.Ignore,
            static (s, value) => s with { Image = s.Image with { Ignore = value } },
            "Use the default image even if a task names one"),
        new Setting<IReadOnlyList<string>>("containers.options", "default", Words,
            static s => s.Options.Default,
            static (s, value) => s with { Options = s.Options with { Default = value } },
            "Options of docker run for tasks that bring none"),
        new Setting<IReadOnlyList<string>>("containers.options", "append", Words,
            static s => s.Options.Append,
            static (s, value) => s with { Options = s.Options with { Append = value } },
            "Options of docker run for every task, after its own"),
        new Setting<bool>("containers.options", "ignore", Flag,
            static s => s.Options.Ignore,
            static (s, value) => s with { Options = s.Options with { Ignore = value } },
            "Leave out the options that tasks bring"),
        new Setting<PullPolicy>("pull", "policy", Choice(("missing", PullPolicy.Missing), ("always", PullPolicy.Always)),
            static s => s.Pull.Policy,
            static (s, value) => s with { Pull = s.Pull with { Policy = value } },
            "Pull an image when it is missing, or before every task"),
        new Setting<TimeSpan>("pull", "progress_timeout", WaitingTime,
            static s => s.Pull.ProgressTimeout,
            static (s, value) => s with { Pull = s.Pull with { ProgressTimeout = value } },
            "How long a pull may make no progress"),
    ];

    private static IEnumerable<Setting> Containers() =>
    [
        new Setting<LegacyMeaning>("containers", "legacy", Choice(("deimos", LegacyMeaning.Deimos), ("dmc", LegacyMeaning.Dmc)),
            static s => s.Containers.Legacy,
            static (s, value) => s with { Containers = s.Containers with { Legacy = value } },
            "Whose meaning the old container message has: Deimos's or mesos-docker-containerizer's"),
        new Setting<string>("containers", "sandbox", MountPath,
            static s => s.Containers.Sandbox,
            static (s, value) => s with { Containers = s.Containers with { Sandbox = value } },
            "Where a container sees its sandbox; with legacy = dmc the default is /mesos-sandbox"),
        new Setting<string?>("containers", "native_library", OptionalPath,
            static s => s.Containers.NativeLibrary,
            static (s, value) => s with { Containers = s.Containers with { NativeLibrary = value } },
            "Where libmesos is inside the containers: the MESOS_NATIVE_LIBRARY of executors")
            {
                WeakVariable = "MESOS_NATIVE_LIBRARY",
            },
        new Setting<DiskPolicy>("containers", "disk",
            Choice(("ignore", DiskPolicy.Ignore), ("report", DiskPolicy.Report), ("enforce", DiskPolicy.Enforce)),
            static s => s.Containers.Disk,
            static (s, value) => s with { Containers = s.Containers with { Disk = value } },
            "What is done about a task's disk resource: nothing, its use is reported, a task over it is ended"),
        new Setting<TimeSpan>("containers", "grace_seconds", Duration(TimeSpan.Zero, TimeSpan.FromDays(1)),
            static s => s.Containers.GracePeriod,
            static (s, value) => s with { Containers = s.Containers with { GracePeriod = value } },
            "The time between asking a container to end and killing it, where the task does not say"),
        new Setting<long?>("containers", "shm_size", SharedMemory,
            static s => s.Containers.SharedMemory,
            static (s, value) => s with { Containers = s.Containers with { SharedMemory = value } },
            "The size of /dev/shm, where the task does not say; none: the engine's default"),
        new Setting<bool>("containers", "cpu_quota", Flag,
            static s => s.Containers.CpuQuota,
            static (s, value) => s with { Containers = s.Containers with { CpuQuota = value } },
            "CPUs are a hard limit (a CFS quota) as well as a share"),
        new Setting<OrphanPolicy>("containers", "orphans", Choice(("remove", OrphanPolicy.Remove), ("keep", OrphanPolicy.Keep)),
            static s => s.Containers.Orphans,
            static (s, value) => s with { Containers = s.Containers with { Orphans = value } },
            "What becomes of containers of this agent that nobody knows any more"),
        new Setting<IReadOnlyList<string>>("hooks", "onlaunch", Program,
            static s => s.Hooks.OnLaunch,
            static (s, value) => s with { Hooks = s.Hooks with { OnLaunch = value } },
            "A program that is run before a container starts, with the task's environment"),
        new Setting<IReadOnlyList<string>>("hooks", "ondestroy", Program,
            static s => s.Hooks.OnDestroy,
            static (s, value) => s with { Hooks = s.Hooks with { OnDestroy = value } },
            "A program that is run when a container has ended, with the task's environment"),
        new Setting<TimeSpan>("hooks", "timeout", WaitingTime,
            static s => s.Hooks.Timeout,
            static (s, value) => s with { Hooks = s.Hooks with { Timeout = value } },
            "How long a hook may run before it is ended"),
    ];

    private static IEnumerable<Setting> Operation() =>
    [
        new Setting<bool>("uris", "unpack", Flag,
            static s => s.Fetch.Unpack,
            static (s, value) => s with { Fetch = s.Fetch with { Unpack = value } },
            "Unpack fetched archives where the task does not say"),
        new Setting<TimeSpan>("fetch", "timeout", WaitingTime,
            static s => s.Fetch.Timeout,
            static (s, value) => s with { Fetch = s.Fetch with { Timeout = value } },
            "How long a download may make no progress"),
        new Setting<FetcherChoice>("fetch", "mesos_fetcher", FetcherProgram,
            static s => s.Fetch.Fetcher,
            static (s, value) => s with { Fetch = s.Fetch with { Fetcher = value } },
            "Fetch with Mesos's own fetcher: the one in MESOS_LIBEXEC_DIRECTORY, or the one at a path"),
        new Setting<LogLevel>("log", "console", Level,
            static s => s.Log.Console,
            static (s, value) => s with { Log = s.Log with { Console = value } },
            "What is written to the terminal, when somebody sits at one"),
        new Setting<LogLevel>("log", "syslog", Level,
            static s => s.Log.Syslog,
            static (s, value) => s with { Log = s.Log with { Syslog = value } },
            "What is written to syslog, in the background"),
        new Setting<long>("log", "max_size", Threshold,
            static s => s.Log.MaxSize,
            static (s, value) => s with { Log = s.Log with { MaxSize = value } },
            "The size at which a sandbox's stdout and stderr are rotated"),
        new Setting<int>("log", "max_files", Count(1000),
            static s => s.Log.MaxFiles,
            static (s, value) => s with { Log = s.Log with { MaxFiles = value } },
            "How many rotated files are kept beside the current one"),
        new Setting<string>("state", "root", MountPath,
            static s => s.State.Root,
            static (s, value) => s with { State = s.State with { Root = value } },
            "The directory of the containers' state"),
        new Setting<TimeSpan>("state", "keep", Duration(TimeSpan.Zero, TimeSpan.FromDays(3650)),
            static s => s.State.Keep,
            static (s, value) => s with { State = s.State with { Keep = value } },
            "How long the state of a container stays after its end"),
        new Setting<TimeSpan>("executor", "subscribe_timeout", WaitingTime,
            static s => s.Executor.SubscribeTimeout,
            static (s, value) => s with { Executor = s.Executor with { SubscribeTimeout = value } },
            "How long the agent may take to accept the executor of a command task"),
    ];
}
