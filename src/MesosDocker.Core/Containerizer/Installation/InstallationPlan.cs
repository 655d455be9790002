using System.Globalization;
using System.Text;

namespace MesosDocker.Containerizer;

/// <summary>What a plan is made of.</summary>
internal sealed class InstallationPlanInput
{
    /// <summary>The packaged agents that there are.</summary>
    public required IReadOnlyList<AgentKind> Agents { get; init; }

    /// <summary>Of them, those that systemd starts.</summary>
    public IReadOnlyList<AgentKind> WithUnit { get; init; } = [];

    /// <summary>Of Mesos; null: unknown.</summary>
    public Version? Version { get; init; }

    /// <summary>An agent may be running there, and needs a restart.</summary>
    public required bool IsThisMachine { get; init; }

    /// <summary>What is in a file now; null: there is none.</summary>
    public required Func<string, byte[]?> Read { get; init; }

    public required byte[] Executable { get; init; }

    public required string ExecutableReason { get; init; }

    /// <summary>The executor of compose pods; null: it is not at hand.</summary>
    public byte[]? Executor { get; init; }
}

/// <summary>Every file that makes a packaged agent use this containerizer, and why. Nothing is changed by making it.</summary>
internal sealed class InstallationPlan
{
    /// <summary>One for each container that may run at once, and some for the agent's own work. A thread that waits costs next to nothing.</summary>
    public const int WorkerThreads = 256;

    public const string ThreadsVariable = "LIBPROCESS_NUM_WORKER_THREADS";

    private const string External = "external";
    private const string RegistrationTimeout = "5mins";
    private const string RegistrationTimeoutVariable = "MESOS_EXECUTOR_REGISTRATION_TIMEOUT";

    private const string DropIn = "# Made by 'mesos-docker install'; 'mesos-docker uninstall' removes it.\n[Service]\nKillMode=process\n";

    private readonly InstallationPlanInput _input;
    private readonly List<PlannedFile> _files = [];
    private readonly List<string> _notes = [];

    private InstallationPlan(InstallationPlanInput input) => _input = input;

    /// <summary>In the order in which they are to be written: an agent that starts meanwhile finds the program before the flag that names it.</summary>
    public IReadOnlyList<PlannedFile> Files => _files;

    /// <summary>What a person should know or do now.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <exception cref="MesosDockerException"><see cref="Fault.AgentNotFound"/>, <see cref="Fault.AgentTooNew"/>,
    /// <see cref="Fault.AgentTooOld"/>, <see cref="Fault.ConfigurationInvalid"/>: the agent's own configuration excludes it.</exception>
    public static InstallationPlan Create(InstallationPlanInput input)
    {
        var plan = new InstallationPlan(input);
        plan.CheckAgents();
        plan.CheckVersion();
        plan.Add(ExecutableChoice.Installed, input.Executable, input.ExecutableReason, isProgram: true);
        plan.AddExecutor();
        foreach (AgentKind agent in input.Agents)
        {
            plan.AddAgent(agent);
        }

        plan.AddNotes();
        return plan;
    }

    private void AddExecutor()
    {
        if (_input.Executor is { } executor)
        {
            Add(ExecutableChoice.InstalledExecutor, executor, "Frameworks name it as the executor of tasks that are compose projects.", isProgram: true);
        }
        else
        {
            _notes.Add(
                $"'{ExecutableChoice.ExecutorName}' does not lie beside this program, and is not installed: tasks that are compose projects need it.");
        }
    }

    private void CheckAgents()
    {
        if (_input.Agents.Count == 0)
        {
            throw new MesosDockerException(
                Fault.AgentNotFound,
                $"There is no packaged Mesos agent here: neither {string.Join(" nor ", AgentKind.All.Select(static kind => kind.FlagFolder))} is there. "
                + $"Start your agent with {ThreadsVariable}={WorkerThreads} in its environment and the flags --containerizers={External} "
                + "--containerizer_path=PATH-OF-MESOS-DOCKER, and where systemd starts it, with KillMode=process in its unit.");
        }

        foreach (AgentKind agent in _input.Agents)
        {
            string logger = $"{agent.FlagFolder}/container_logger";
            if (_input.Read(logger) is not null)
            {
                throw new MesosDockerException(
                    Fault.ConfigurationInvalid,
                    $"An agent with a container logger refuses to start with an external containerizer; remove '{logger}' and install again.");
            }
        }
    }

    private void CheckVersion()
    {
        if (_input.Version is not { } version)
        {
            _notes.Add($"The version of Mesos cannot be told; it must be {MesosRelease.First.ToString(2)} to 1.0.");
        }
        else if (version >= MesosRelease.FirstWithout)
        {
            throw new MesosDockerException(
                Fault.AgentTooNew,
                $"Mesos {version} has no external containerizer: 1.0 was the last release with it. Nothing is changed; "
                + "this agent runs Docker images with its own containerizers.");
        }
        else if (version < MesosRelease.First)
        {
            throw new MesosDockerException(
                Fault.AgentTooOld,
                $"Mesos {version} is too old: external containerizers work from {MesosRelease.First.ToString(2)} on.");
        }
        else if (version < MesosRelease.FirstWithThreads)
        {
            _notes.Add(
                $"Mesos {version} has as many worker threads as the machine has cores, and at least 8, whatever {ThreadsVariable} says; "
                + "each container blocks one of them, so keep below that many containers by the resources the agent offers.");
        }
    }

    private void AddAgent(AgentKind agent)
    {
        bool byIsolation = _input.Version < MesosRelease.FirstWithContainerizers;
        AddFlag(agent, "containerizer_path", ExecutableChoice.Installed, "It tells the agent which program is its containerizer.", IsOurPath);
        if (!byIsolation)
        {
            AddFlag(
                agent, "containerizers", External,
                "The agent gives every container to the external containerizer. "
                + "Others would not be asked after it, and before it would take containers away.",
                static value => value.Split(',')[0] == External);
        }
        else
        {
            AddFlag(
                agent, "isolation", External, "It makes this release use the external containerizer, in place of its own isolation.",
                static _ => false);
        }

        AddRegistrationTimeout(agent);
        AddThreads(agent);
        if (_input.WithUnit.Contains(agent))
        {
            Add(
                agent.DropIn, Encoding.ASCII.GetBytes(DropIn),
                "KillMode=process: when the agent stops, systemd ends only the agent, and not the processes that look after containers.");
        }
    }

    private void AddFlag(AgentKind agent, string flag, string value, string reason, Func<string, bool> isRight)
    {
        // The start script takes the content without the ends of line behind it.
        string path = $"{agent.FlagFolder}/{flag}";
        byte[]? before = _input.Read(path);
        string? now = before is null ? null : Encoding.Latin1.GetString(before).TrimEnd('\n');
        Add(path, now is not null && (now == value || isRight(now)) ? before! : Encoding.ASCII.GetBytes($"{value}\n"), reason);
    }

    private void AddRegistrationTimeout(AgentKind agent)
    {
        string path = $"{agent.FlagFolder}/executor_registration_timeout";
        byte[]? before = _input.Read(path);
        if (before is null && Variable(agent, RegistrationTimeoutVariable) is not null)
        {
            return;
        }

        Add(
            path, before ?? Encoding.ASCII.GetBytes($"{RegistrationTimeout}\n"),
            "A framework's own executor starts inside its image: pulling it must fit into this time, "
            + "which is one minute where nothing is said.");
    }

    private void AddThreads(AgentKind agent)
    {
        byte[]? before = _input.Read(agent.Variables);
        string text = Encoding.Latin1.GetString(before ?? []);
        int? now = ShellVariables.FindNumber(text, ThreadsVariable)
            ?? ShellVariables.FindNumber(Encoding.Latin1.GetString(_input.Read(AgentKind.SharedVariables) ?? []), ThreadsVariable);
        if (now >= WorkerThreads)
        {
            if (before is not null)
            {
                Add(agent.Variables, before, Reason());
            }

            return;
        }

        string value = WorkerThreads.ToString(CultureInfo.InvariantCulture);
        string after = ShellVariables.Set(
            text, ThreadsVariable, value, "For mesos-docker: each container keeps one worker thread of the agent busy.");
        Add(agent.Variables, Encoding.Latin1.GetBytes(after), Reason());

        static string Reason() => $"{ThreadsVariable}: waiting for a container blocks a worker thread of the agent; "
            + "by default there are as many as cores, at least 8, and with all of them blocked the agent stands still.";
    }

    private string? Variable(AgentKind agent, string name)
        => ShellVariables.Find(Encoding.Latin1.GetString(_input.Read(agent.Variables) ?? []), name)
            ?? ShellVariables.Find(Encoding.Latin1.GetString(_input.Read(AgentKind.SharedVariables) ?? []), name);

    private void Add(string path, byte[] after, string reason, bool isProgram = false) => _files.Add(new PlannedFile
    {
        Path = path,
        Before = _input.Read(path),
        After = after,
        Reason = reason,
        IsProgram = isProgram,
    });

    private void AddNotes()
    {
        PlannedFile[] changes = [.. _files.Where(static file => !file.IsRight)];
        if (changes.Length == 0)
        {
            _notes.Add("All of it is there already; there is nothing to change.");
            return;
        }

        if (!_input.IsThisMachine)
        {
            return;
        }

        if (changes.All(static file => file.IsProgram))
        {
            _notes.Add("The agent need not be restarted: its next call runs the new program.");
            return;
        }

        _notes.AddRange(RestartNotes.For(_input.Agents, _input.WithUnit, changes));
        if (changes.Any(static file => Path.GetFileName(file.Path) is "containerizers" or "isolation"))
        {
            _notes.Add(
                "Tasks that run now belong to the containerizer used so far: let them end first, for a restarted agent reports them as failed "
                + "while their processes may go on.");
        }
    }

    /// <summary>Ours, perhaps with options that somebody gave it.</summary>
    private static bool IsOurPath(string value) => value.StartsWith($"{ExecutableChoice.Installed} ", StringComparison.Ordinal);
}
