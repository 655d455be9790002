namespace MesosDocker.Containerizer;

/// <summary>Where a value came from.</summary>
public enum SettingSource
{
    Default,
    File,
    Environment,
}

/// <summary>One setting, what it is and who says so.</summary>
public sealed record SettingInForce
{
    public required string Section { get; init; }

    public required string Key { get; init; }

    /// <summary>Section and key, <c>log.max_size</c>.</summary>
    public string Name => $"{Section}.{Key}";

    /// <summary>As a configuration file would have it; empty: none.</summary>
    public required string Value { get; init; }

    public required SettingSource Source { get; init; }

    public string? File { get; init; }

    public int? Line { get; init; }

    /// <summary>The environment variable that the value came from.</summary>
    public string? Variable { get; init; }

    /// <summary>The value if nobody says anything.</summary>
    public required string Default { get; init; }

    public required string Description { get; init; }

    /// <summary>The environment variable that would be stronger than anything else.</summary>
    public required string Override { get; init; }

    /// <summary><c>default</c>, <c>/etc/deimos.cfg:12</c> or <c>environment MESOS_DOCKER_STATE_ROOT</c></summary>
    public string Origin => Source switch
    {
        SettingSource.File => $"{File}:{Line}",
        SettingSource.Environment => $"environment {Variable}",
        _ => "default",
    };
}
