namespace MesosDocker.Docker;

/// <summary>
/// One option of <c>docker run</c>: how it is spelled, and how a value goes into a <see cref="DockerRun"/> and out of it again.
/// All of them are in <see cref="RunOptions"/>.
/// </summary>
public sealed record RunOption : CommandOption
{
    internal RunOption(Func<DockerRun, OptionValue, DockerRun> reading, Func<DockerRun, IEnumerable<string>> writing)
        => (Reading, Writing) = (reading, writing);

    /// <summary>True for the options which <c>docker create</c> does not have.</summary>
    public bool RunOnly { get; init; }

    /// <summary>True if only engines on Windows act on it.</summary>
    public bool WindowsOnly { get; init; }

    /// <summary>
    /// The place in <see cref="RunOptions.All"/>: values are applied and written in this order, whatever the order on the line.
    /// </summary>
    internal int Rank { get; init; }

    internal Func<DockerRun, OptionValue, DockerRun> Reading { get; }

    internal Func<DockerRun, IEnumerable<string>> Writing { get; }

    /// <summary>
    /// <paramref name="run"/> with this option set to a value, or with the value appended if the option repeats. What several
    /// options mean together is not looked at; <see cref="DockerRunParser"/> does that.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionValueInvalid"/>, <see cref="Fault.OptionConflict"/> or
    /// <see cref="Fault.FileUnreadable"/></exception>
    public DockerRun Apply(DockerRun run, string value, IRunFiles files)
        => Reading(run, new OptionValue(this, ToString(), value, files));

    /// <summary>
    /// The values with which this option says what is in <paramref name="run"/>, in order; none if it says nothing.
    /// </summary>
    public IEnumerable<string> ValuesIn(DockerRun run) => Writing(run);
}
