namespace MesosDocker.Docker;

/// <summary>A whole line as a person has it: <c>docker [client's options] run …</c>.</summary>
public sealed record DockerRunLine
{
    /// <summary>What the client's own options say.</summary>
    public required EngineOptions Engine { get; init; }

    public required DockerRun Run { get; init; }

    /// <summary>True for <c>docker create</c>, which does not start what it makes.</summary>
    public bool CreateOnly { get; init; }

    /// <summary>Whether the client's own options say which engine is meant, or how to reach it.</summary>
    public bool NamesEngine => Engine.Hosts.Count > 0 || Engine with { Hosts = s_noOptions.Hosts } != s_noOptions;

    private static readonly EngineOptions s_noOptions = new();
    private static readonly string[] s_programs = ["docker", "docker.exe"];

    /// <summary>
    /// Reads <c>[sudo] docker [options] run …</c>, also with <c>container run</c>, <c>create</c> or <c>container create</c>, also without
    /// the word <c>docker</c>.
    /// </summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/>, and those of <see cref="DockerRunParser"/>.</exception>
    public static DockerRunLine Parse(string line, IRunFiles files, DockerRun? start = null)
        => Parse(ShellWords.Split(line), files, start);

    /// <summary>The same, of words already taken apart.</summary>
    /// <exception cref="MesosDockerException">As <see cref="Parse(string, IRunFiles, DockerRun?)"/>.</exception>
    public static DockerRunLine Parse(IReadOnlyList<string> words, IRunFiles files, DockerRun? start = null)
    {
        int at = words is ["sudo", var program, ..] && IsDocker(program) ? 1 : 0;
        at += at < words.Count && IsDocker(words[at]) ? 1 : 0;
        (EngineOptions engine, at) = ClientOptions.Parse(words, at, new EngineOptions());
        at += at < words.Count && words[at] == "container" ? 1 : 0;
        string command = at < words.Count ? words[at] : "";
        return command switch
        {
            "run" => new DockerRunLine { Engine = engine, Run = DockerRunParser.Parse(words, at + 1, "docker run", files, start) },
            "create" => new DockerRunLine { Engine = engine, Run = ParseCreate(words, at + 1, files, start), CreateOnly = true },
            "" => throw new MesosDockerException(Fault.UsageInvalid, "The line has no command; it should go on with run."),
            _ => throw new MesosDockerException(
                Fault.UsageInvalid, $"'{OptionValue.Shown(command)}' stands where run or create should be."),
        };
    }

    private static DockerRun ParseCreate(IReadOnlyList<string> words, int from, IRunFiles files, DockerRun? start)
    {
        (List<SaidOption<RunOption>> said, _) = OptionWords.Read(RunOptions.Table, words, from, files);
        return said.FirstOrDefault(s => s.Option.RunOnly) is ({ } option, _)
            ? throw new MesosDockerException(Fault.OptionUnknown, $"docker create has no option {option}; docker run has it.")
            : DockerRunParser.Parse(words, from, "docker create", files, start);
    }

    private static bool IsDocker(string word) => s_programs.Contains(Path.GetFileName(word));
}
