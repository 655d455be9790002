namespace MesosDocker.Docker;

/// <summary>
/// Writes a <see cref="DockerRun"/> as the words of a <c>docker run</c>, always in the same way: long names, <c>--name=value</c>, in
/// the table's order, maps by key. <see cref="DockerRunParser"/> reads the same run out of them. One value the docker client itself does
/// not take: a seccomp profile stands where the client expects the name of its file.
/// </summary>
public static class DockerRunWriter
{
    private const string EndOfOptions = "--";

    /// <exception cref="MesosDockerException"><see cref="Fault.OptionImpossible"/> if the run has no image, or something in it that no
    /// option can say.</exception>
    public static IReadOnlyList<string> Write(DockerRun run)
    {
        IReadOnlyList<string> words = Write(run, out IReadOnlyList<string> unsaid);
        return unsaid.Count == 0 ? words : throw new MesosDockerException(
            Fault.OptionImpossible, $"No option of docker run can say what is in {string.Join(", ", unsaid)}.");
    }

    /// <param name="unsaid">The fields of the engine's API that the words cannot say as they are; empty if the words say all.</param>
    public static IReadOnlyList<string> Write(DockerRun run, out IReadOnlyList<string> unsaid)
    {
        List<string> words = ["docker", "run"];
        words.AddRange(WriteOptions(run));
        if (run.Container.Image is [.. var image])
        {
            words.AddRange(image.StartsWith('-') ? [EndOfOptions, image] : [image]);
            words.AddRange(run.Container.Cmd ?? []);
        }

        unsaid = Unsaid(run, words);
        return words;
    }

    /// <summary>The options alone, without <c>docker run</c>, image and command; what no option can say is left out.</summary>
    public static IReadOnlyList<string> WriteOptions(DockerRun run)
        => [.. RunOptions.All.SelectMany(option => option.ValuesIn(run).Select(value => Word(option, value)))];

    private static string Word(RunOption option, string value)
        => option.Kind == OptionKind.Flag && value == "true" ? option.ToString() : $"{option}={value}";

    /// <summary>Found by reading the words again, so that nothing can be forgotten here.</summary>
    private static IReadOnlyList<string> Unsaid(DockerRun run, List<string> words)
    {
        if (string.IsNullOrEmpty(run.Container.Image))
        {
            return ["Image, for there is none"];
        }

        try
        {
            DockerRun again = DockerRunParser.Parse(words.GetRange(2, words.Count - 2), NoRunFiles.Instance);
            return SpecDifference.Find(Meant(run), again.Container);
        }
        catch (MesosDockerException e)
        {
            return [e.Message];
        }
    }

    /// <summary>The container with what follows from its other fields, and with all that was given.</summary>
    private static ContainerSpec Meant(DockerRun run)
    {
        ContainerSpec completed = ImpliedFields.Complete(run).Container;
        return completed with
        {
            AttachStdin = run.Container.AttachStdin ?? completed.AttachStdin,
            AttachStdout = run.Container.AttachStdout,
            AttachStderr = run.Container.AttachStderr,
            StdinOnce = run.Container.StdinOnce ?? completed.StdinOnce,
        };
    }
}
