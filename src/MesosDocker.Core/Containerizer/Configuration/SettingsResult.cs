namespace MesosDocker.Containerizer;

/// <summary>What reading a configuration came to.</summary>
public sealed record SettingsResult
{
    /// <summary>Null if anything is wrong.</summary>
    public ContainerizerSettings? Settings => Problems.Count == 0 ? AsFarAsRead : null;

    /// <summary>What could be understood, the rest by default: enough to say what is wrong, where a reply is expected.</summary>
    public required ContainerizerSettings AsFarAsRead { get; init; }

    public string StateRoot => AsFarAsRead.State.Root;

    /// <summary>All that is wrong.</summary>
    public required IReadOnlyList<SettingProblem> Problems { get; init; }

    /// <summary>What is not wrong but worth a line in the log: files that were refused, values that are replaced.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The file that was found; null: none.</summary>
    public string? File { get; init; }

    /// <summary>Every setting and where it came from, in the order of the document.</summary>
    public required IReadOnlyList<SettingInForce> InForce { get; init; }

    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/> or
    /// <see cref="Fault.ConfigurationUntrusted"/>, with all problems.</exception>
    public ContainerizerSettings Require() => Settings ?? throw new MesosDockerException(
        Problems[0].Fault,
        Problems.Count == 1 ? $"{Problems[0]}." : $"The configuration has {Problems.Count} problems. {string.Join("; ", Problems)}.");
}
