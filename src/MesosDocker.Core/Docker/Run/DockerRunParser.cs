namespace MesosDocker.Docker;

/// <summary>
/// Reads the words behind <c>docker run</c> as the docker client reads them. What the words say is laid over a <see cref="DockerRun"/>
/// to start from: the last single value wins, lists grow, and networks named on the line take the place of those before.
/// </summary>
/// <remarks>
/// Stricter than the client where every engine refuses what the client lets pass (restart policies, addresses, options against
/// <c>--network container:…</c>), so that the error names the option. An image's name is not looked into.
/// </remarks>
public static class DockerRunParser
{
    /// <summary>Options, an image, and its command.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionUnknown"/>, <see cref="Fault.OptionValueMissing"/>,
    /// <see cref="Fault.OptionValueInvalid"/>, <see cref="Fault.OptionConflict"/>, <see cref="Fault.FileUnreadable"/>;
    /// <see cref="Fault.UsageInvalid"/> if there is no image.</exception>
    public static DockerRun Parse(IReadOnlyList<string> words, IRunFiles files, DockerRun? start = null)
        => Parse(words, 0, "docker run", files, start);

    /// <summary>Options only; any other word is an error.</summary>
    /// <exception cref="MesosDockerException">As <see cref="Parse(IReadOnlyList{string}, IRunFiles, DockerRun?)"/>;
    /// <see cref="Fault.UsageInvalid"/> for a word that is no option.</exception>
    public static DockerRun ParseOptions(IReadOnlyList<string> words, IRunFiles files, DockerRun? start = null)
    {
        (List<SaidOption<RunOption>> said, int rest) = OptionWords.Read(RunOptions.Table, words, 0, files);
        return rest == words.Count
            ? Apply(said, start ?? new DockerRun())
            : throw new MesosDockerException(
                Fault.UsageInvalid,
                $"'{OptionValue.Shown(words[rest])}' is no option of docker run, and only options may stand here; "
                    + "if it belongs to the one before it, join them with an equals sign.");
    }

    internal static DockerRun Parse(IReadOnlyList<string> words, int from, string command, IRunFiles files, DockerRun? start)
    {
        (List<SaidOption<RunOption>> said, int rest) = OptionWords.Read(RunOptions.Table, words, from, files);
        if (rest == words.Count || words[rest].Length == 0)
        {
            throw new MesosDockerException(
                Fault.UsageInvalid, $"{command} needs an image behind its options, and there is none; name one.");
        }

        DockerRun run = Apply(said, start ?? new DockerRun());
        return run.With(run.Container with
        {
            Image = words[rest],
            Cmd = rest + 1 < words.Count ? [.. words.Skip(rest + 1)] : null,
        });
    }

    private static DockerRun Apply(IReadOnlyList<SaidOption<RunOption>> said, DockerRun run)
    {
        RunLimits.Check(said);
        if (said.Any(s => s.Option.Name == "network"))
        {
            run = Networks.Leave(run);
        }

        // In the table's order, so that the order on the line decides nothing but which of two values is the last.
        SaidOption<RunOption>[] ordered = [.. said.OrderBy(s => s.Option.Rank)];
        for (int i = 0; i < ordered.Length; i++)
        {
            (RunOption option, OptionValue value) = ordered[i];
            DockerRun next = option.Reading(run, value);

            // A value that a later one replaces must be right, and does nothing.
            bool replaced = !option.Repeats && i + 1 < ordered.Length && ordered[i + 1].Option.Rank == option.Rank;
            run = replaced ? run : next;
        }

        run = ImpliedFields.Complete(run);
        RunConflicts.Check(said, run);
        return run;
    }
}
