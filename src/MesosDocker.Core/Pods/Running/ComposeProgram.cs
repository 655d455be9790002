using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>
/// The compose of this machine, called by its command line: <c>docker compose</c> or <c>docker-compose</c>, from 1.27 on, which takes files without a
/// version.
/// </summary>
internal sealed class ComposeProgram(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment)
{
    private const string Old = "docker-compose";
    private const string Client = "docker";

    // COMPOSE_FILE and its like would change what project is meant.
    private const string OwnVariables = "COMPOSE_";
    private const string HttpTimeout = "COMPOSE_HTTP_TIMEOUT";
    private const string LongHttpTimeout = "600";
    private const int ShownLines = 10;

    private static readonly TimeSpan s_configLimit = TimeSpan.FromMinutes(2);

    /// <summary>For people: <c>docker compose</c>.</summary>
    public string Name => string.Join(' ', words);

    /// <param name="configured">The program and its first arguments; empty: whichever is there, the one of today first.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/></exception>
    public static ComposeProgram Find(IReadOnlyList<string> configured, IReadOnlyDictionary<string, string> environment)
    {
        string? path = environment.GetValueOrDefault("PATH");
        if (configured.Count > 0)
        {
            return ChildProcess.Find(configured[0], path) is not null ? new ComposeProgram(configured, environment) : throw new MesosDockerException(
                Fault.ProgramMissing, $"There is no program '{configured[0]}', which is set to be compose (mesosdocker.pod.compose).");
        }

        if (ChildProcess.Find(Client, path) is { } client && Plugins(environment, client).Any(File.Exists))
        {
            return new ComposeProgram([client, "compose"], environment);
        }

        return ChildProcess.Find(Old, path) is { } old ? new ComposeProgram([old], environment) : throw new MesosDockerException(
            Fault.ProgramMissing,
            "There is no compose on this machine: neither 'docker compose' (the plug-in docker-compose of the docker client) nor 'docker-compose' on PATH. "
                + "Install one of them, or name it by MESOS_DOCKER_POD_COMPOSE.");
    }

    /// <summary>Lets compose judge the file.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>, with compose's words.</exception>
    public async Task ValidateAsync(PodProcess pod, CancellationToken cancellationToken)
    {
        ChildResult result = await ChildProcess.RunAsync(Spec(pod, "config", "--quiet"), input: null, s_configLimit, cancellationToken).ConfigureAwait(false);
        if (!result.Status.IsSuccess)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"'{Name} config' refuses the project: {LastLines(result.Error)}");
        }
    }

    /// <summary>Starts everything; returns when it is started, with what compose had to say.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramFailed"/>, with compose's words.</exception>
    public async Task<string> UpAsync(PodProcess pod, CancellationToken cancellationToken)
    {
        ChildResult result = await ChildProcess
            .RunAsync(Spec(pod, "up", "--detach"), input: null, Timeout.InfiniteTimeSpan, cancellationToken)
            .ConfigureAwait(false);
        return result.Status.IsSuccess
            ? result.Error
            : throw new MesosDockerException(Fault.ProgramFailed, $"'{Name} up' {result.Status}: {LastLines(result.Error)}");
    }

    /// <summary>Where the docker client looks for its plug-ins (docker/cli, cli-plugins/manager).</summary>
    private static IEnumerable<string> Plugins(IReadOnlyDictionary<string, string> environment, string client)
    {
        string prefix = Path.GetDirectoryName(Path.GetDirectoryName(client)) ?? "/usr";
        string?[] folders =
        [
            environment.GetValueOrDefault("DOCKER_CONFIG"),
            environment.GetValueOrDefault("HOME") is { Length: > 0 } home ? Path.Combine(home, ".docker") : null,
            "/usr/local/lib/docker", "/usr/local/libexec/docker", "/usr/lib/docker", "/usr/libexec/docker",
            Path.Combine(prefix, "lib", "docker"), Path.Combine(prefix, "libexec", "docker"),
        ];
        return folders.OfType<string>().Select(static folder => Path.Combine(folder, "cli-plugins", Old));
    }

    private ChildSpec Spec(PodProcess pod, params ReadOnlySpan<string> verb) => new()
    {
        Program = words[0],
        Arguments = [.. words.Skip(1), "--file", pod.ComposeFile, "--project-name", pod.Pod, "--project-directory", pod.Sandbox, .. verb],
        Environment = Environment(pod),
        WorkingDirectory = pod.Sandbox,
    };

    private Dictionary<string, string> Environment(PodProcess pod)
    {
        var own = new Dictionary<string, string>();
        foreach ((string name, string value) in environment)
        {
            if (!name.StartsWith(OwnVariables, StringComparison.Ordinal) || name is "COMPOSE_PARALLEL_LIMIT" or HttpTimeout)
            {
                own[name] = value;
            }
        }

        own.TryAdd(HttpTimeout, LongHttpTimeout);
        pod.Mark(own);
        return own;
    }

    private static string LastLines(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string last = string.Join(' ', lines.Skip(lines.Length - ShownLines));
        return last.Length == 0 ? "it said nothing." : last.EndsWith('.') ? last : last + ".";
    }
}

/// <summary>What programs that work for a pod are told.</summary>
/// <param name="RunId">By which they are found when their executor is no more.</param>
internal sealed record PodProcess(string Pod, string RunId, string Sandbox, string ComposeFile)
{
    public void Mark(Dictionary<string, string> environment) => environment[MarkedProcesses.Variable] = RunId;
}
