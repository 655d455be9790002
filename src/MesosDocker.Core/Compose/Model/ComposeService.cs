using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A service of a project (compose specification, services top-level element). Null and empty mean: as the image has it.</summary>
public sealed record ComposeService
{
    public required string Name { get; init; }

    /// <summary>As it stands in <see cref="ComposeProject.Document"/>, with everything that has no property here.</summary>
    public required SourceMap Source { get; init; }

    public string? Image { get; init; }

    public ComposeBuild? Build { get; init; }

    /// <summary>The kind of program that runs the service in compose's place; null: it is a container, as nearly always.</summary>
    public string? Provider { get; init; }

    /// <summary>How many containers: <c>scale</c> or <c>deploy.replicas</c>, else 1.</summary>
    public int Replicas { get; init; } = 1;

    public required ComposeResources Resources { get; init; }

    /// <summary>Null: the image's own. A command of one text is taken apart as a shell does, without anything being expanded.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <inheritdoc cref="Command"/>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>With its files (<c>env_file</c>) under it. Null: the variable is not set, whatever the image says.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = ComposeEmpty.Pairs;

    /// <summary>With its files (<c>label_file</c>) under them.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = ComposeEmpty.Values;

    public string? ContainerName { get; init; }

    public string? Hostname { get; init; }

    public string? DomainName { get; init; }

    public string? User { get; init; }

    public string? WorkingDirectory { get; init; }

    public string? Platform { get; init; }

    public string? Runtime { get; init; }

    public string? PullPolicy { get; init; }

    public bool IsPrivileged { get; init; }

    public bool IsReadOnly { get; init; }

    public bool HasTerminal { get; init; }

    public bool HasStandardInput { get; init; }

    /// <summary>An init process is put before the container's own.</summary>
    public bool? HasInit { get; init; }

    public IReadOnlyList<ComposePort> Ports { get; init; } = [];

    /// <summary>Ports and ranges for other containers, as they were written.</summary>
    public IReadOnlyList<string> Expose { get; init; } = [];

    /// <summary><c>host</c>, <c>none</c>, <c>bridge</c>, <c>service:NAME</c> or <c>container:NAME</c>; null where it is in <see cref="Networks"/>.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>By the keys of the project's networks; with the implicit <c>default</c>.</summary>
    public IReadOnlyDictionary<string, ComposeAttachment> Networks { get; init; } = ComposeEmpty.Attachments;

    /// <summary>Names with their alias, if any, as they were written: <c>db:database</c>.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <inheritdoc cref="Links"/>
    public IReadOnlyList<string> ExternalLinks { get; init; } = [];

    /// <summary><c>host=address</c></summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    public IReadOnlyList<string> Dns { get; init; } = [];

    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    public string? MacAddress { get; init; }

    public IReadOnlyList<ComposeMount> Volumes { get; init; } = [];

    /// <summary>A path, and its options if any: <c>/run:size=64m</c>.</summary>
    public IReadOnlyList<string> Tmpfs { get; init; } = [];

    public IReadOnlyList<ComposeVolumesFrom> VolumesFrom { get; init; } = [];

    public IReadOnlyList<ComposeFileMount> Secrets { get; init; } = [];

    public IReadOnlyList<ComposeFileMount> Configs { get; init; } = [];

    /// <summary><c>HOST:CONTAINER:PERMISSIONS</c>, or a device of CDI.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Those that are said, and those that follow from links, volumes and namespaces of others.</summary>
    public IReadOnlyDictionary<string, ComposeDependency> DependsOn { get; init; } = ComposeEmpty.Dependencies;

    public ComposeHealthcheck? Healthcheck { get; init; }

    public ComposeRestart? Restart { get; init; }

    public ComposeDeploy? Deploy { get; init; }

    public ComposeLogging? Logging { get; init; }

    /// <summary>Null: compose waits 10 seconds.</summary>
    public TimeSpan? StopGracePeriod { get; init; }

    public string? StopSignal { get; init; }

    /// <summary><c>service:NAME</c>, <c>container:NAME</c>, <c>host</c> and their like.</summary>
    public string? Ipc { get; init; }

    /// <inheritdoc cref="Ipc"/>
    public string? Pid { get; init; }

    public string? Uts { get; init; }

    public string? UserNamespace { get; init; }

    public string? CgroupParent { get; init; }

    public IReadOnlyList<string> CapabilitiesAdded { get; init; } = [];

    public IReadOnlyList<string> CapabilitiesDropped { get; init; } = [];

    public IReadOnlyList<string> SecurityOptions { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = ComposeEmpty.Values;

    public IReadOnlyDictionary<string, ComposeUlimit> Ulimits { get; init; } = ComposeEmpty.Ulimits;

    /// <summary>Those that it is in; empty: it is always active.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];
}
