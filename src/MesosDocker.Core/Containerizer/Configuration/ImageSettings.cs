using MesosDocker.Docker;

namespace MesosDocker.Containerizer;

/// <summary>How the image of a task that names none is guessed, and how registries let us in: <c>[docker.index]</c>.</summary>
public sealed record IndexSettings
{
    /// <summary>The registry, as <c>host:port</c>; null: the engine's own.</summary>
    public string? Index { get; init; }

    /// <summary>The account before the guessed image's name; null: none.</summary>
    public string? Account { get; init; }

    /// <summary>The same for executors of frameworks, which need an image with libmesos in it.</summary>
    public string? AccountLibmesos { get; init; } = "libmesos";

    /// <summary>A <c>.dockercfg</c> or <c>config.json</c> with credentials; null: none beside the engine client's own.</summary>
    public string? CredentialsFile { get; init; }
}

/// <summary><c>[containers.image]</c></summary>
public sealed record ImageSettings
{
    /// <summary>For tasks that name none, with or without <c>docker://</c>; null: one for the host's distribution and release.</summary>
    public string? Default { get; init; }

    /// <summary>The default is used even if the task names one.</summary>
    public bool Ignore { get; init; }
}

/// <summary>Options of <c>docker run</c>: <c>[containers.options]</c>.</summary>
public sealed record RunOptionSettings
{
    /// <summary>For tasks that bring none.</summary>
    public IReadOnlyList<string> Default { get; init; } = [];

    /// <summary>For every task, after its own.</summary>
    public IReadOnlyList<string> Append { get; init; } = [];

    /// <summary>The options that a task brings are left out.</summary>
    public bool Ignore { get; init; }
}

/// <summary><c>[pull]</c></summary>
public sealed record PullSettings
{
    /// <summary><see cref="PullPolicy.Missing"/> or <see cref="PullPolicy.Always"/>. A task may ask for a pull itself.</summary>
    public PullPolicy Policy { get; init; } = PullPolicy.Missing;

    /// <summary>A pull that makes no progress for so long has failed.</summary>
    public TimeSpan ProgressTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
