using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Io;
using MesosDocker.Mesos;

namespace MesosDocker.Agent;

/// <summary>Maps a verb to what handles it, and its result to stdout and an exit status.</summary>
internal sealed class Verbs
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Usage = 64;
    private const int SignalBase = 128;

    private readonly CommandLine _line;
    private readonly HookEnvironment _hook;

    public Verbs(CommandLine line)
    {
        _line = line;
        _hook = new HookEnvironment(
            SettingsSources.OfThisProcess(line.Option("--config")), Environment.ProcessPath!, line.Option("--root"));
    }

    private static string Version
        => $"mesos-docker {typeof(Verbs).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    public async Task<int> RunAsync()
    {
        switch (_line.Has("--version") ? "version" : _line.Has("--help", "-h") ? "help" : _line.Verb)
        {
            case "launch":
                return await LaunchAsync();
            case "wait":
                return Wait();
            case "usage":
                return TellUsage();
            case "update":
                await new UpdateVerb(_hook).HandleAsync(MesosCodec.DecodeUpdate(ReadFrame()), CancellationToken.None);
                return Success;
            case "destroy":
                await new DestroyVerb(_hook).HandleAsync(ReadId(), CancellationToken.None);
                return Success;
            case "containers":
                return ListContainers();
            case "recover":
                new RecoverVerb(_hook).Handle();
                return Success;
            case "supervise":
                return await SuperviseAsync();
            case "sweep":
                LookAround();
                return await SweepAsync();
            case "observe":
                LookAround();
                return await ObserveAsync();
            case "state":
                LookAround();
                return ShowState();
            case "locks":
                LookAround();
                return ShowLocks();
            case "config":
                return ShowConfiguration();
            case "docker-run":
                return await ShowDockerRunAsync();
            case "install":
                return await InstallAsync();
            case "uninstall":
                return Uninstall();
            case "version":
                Console.Out.WriteLine(Version);
                return Success;
            case "help":
                Console.Out.Write(HelpText.All);
                return Success;
            case null:
                Console.Error.Write(HelpText.All);
                return Usage;
            default:
                throw new MesosDockerException(
                    Fault.UsageInvalid, $"There is no verb '{_line.Verb}'. 'mesos-docker help' shows what there is.");
        }
    }

    private async Task<int> LaunchAsync()
    {
        _line.End();
        byte[] request = ReadFrame();
        if (!_line.Has("--foreground", "--no-fork"))
        {
            if (new LaunchVerb(_hook).Handle(request) is { } refusal)
            {
                // An agent appends this to the task's stderr.
                Console.Error.WriteLine($"mesos-docker: {refusal.Fault}: {Printable.Of(refusal.Message)}");
            }

            return Success;
        }

        using var stop = new StopSwitch();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            stop.Give(new StopOrder("Ctrl+C", null));
        });
        Termination end = await new LaunchVerb(_hook).RunInForegroundAsync(request, stop, CancellationToken.None);
        Console.Error.WriteLine(Printable.Of(end.Message));
        return ExitStatus(end);
    }

    private int Wait()
    {
        ContainerId id = ReadId(out bool frame);
        var verb = new WaitVerb(_hook);
        Termination end = verb.Handle(id);
        if (!frame)
        {
            Print(Printable.Of(end.Message), ViewJson.Of(end));
        }
        else if (WriteFrame(MesosCodec.EncodeTermination(end)))
        {
            verb.Told(id);
        }

        return Success;
    }

    private int TellUsage()
    {
        ContainerId id = ReadId(out bool frame);
        ResourceStatistics statistics = new UsageVerb(_hook).Handle(id);
        if (frame)
        {
            WriteFrame(MesosCodec.EncodeUsage(statistics));
        }
        else
        {
            Print(Tables.Of(statistics), ViewJson.Of(statistics));
        }

        return Success;
    }

    private int ListContainers()
    {
        _line.End();
        IReadOnlyList<ContainerId> containers = new ContainersVerb(_hook).Handle();
        if (_line.Has("--json") || !Console.IsOutputRedirected)
        {
            Print(string.Join('\n', containers), ViewJson.Of(containers));
        }
        else
        {
            WriteFrame(MesosCodec.EncodeContainers(containers));
        }

        return Success;
    }

    private async Task<int> SuperviseAsync()
    {
        using var stop = new StopSwitch();
        ContainerId id = ContainerId.Parse(_line.Next());
        await new SuperviseVerb(_hook).HandleAsync(id, _line.Locks(), _line.Has("--detach"), stop, CancellationToken.None);
        return Success;
    }

    private async Task<int> SweepAsync()
    {
        _line.End();
        using Log log = _hook.OpenLog();
        await new SweepVerb(_hook).HandleAsync(log, CancellationToken.None);
        return Success;
    }

    private async Task<int> ObserveAsync()
    {
        ContainerId id = ContainerId.Parse(_line.Next()
            ?? throw new MesosDockerException(Fault.UsageInvalid, "'observe' needs the id of a container; 'mesos-docker state --all' lists them."));
        _line.End();
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        bool quiet = _line.Has("--quiet");
        using Stream? output = quiet ? null : Console.OpenStandardOutput();
        using Stream? error = quiet ? null : Console.OpenStandardError();
        Termination end = await new ObserveVerb(_hook).HandleAsync(id, output, error, stop.Token);
        if (!quiet)
        {
            Console.Error.WriteLine(Printable.Of(end.Message));
        }

        return ExitStatus(end);
    }

    private int ShowState()
    {
        string? time = _line.Next();
        _line.End();
        DateTimeOffset? before = time is null ? null
            : DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset limit) ? limit
            : throw new MesosDockerException(Fault.UsageInvalid, $"'{time}' is not a time; write it as 2026-01-31T12:00:00Z.");
        var verb = new StateVerb(_hook);
        IReadOnlyList<ContainerView> views = _line.Has("--rm") ? verb.Remove(before) : verb.List(_line.Has("--all"), before);
        Print(Tables.Of(views), ViewJson.Of(views));
        return Success;
    }

    private int ShowLocks()
    {
        _line.End();
        IReadOnlyList<LockView> views = new StateVerb(_hook).Locks();
        Print(Tables.Of(views), ViewJson.Of(views));
        return Success;
    }

    private int ShowConfiguration()
    {
        _line.End();
        SettingsResult settings = _hook.Settings;
        Console.Out.WriteLine(_line.Has("--json") ? SettingsListing.ToJson(settings) : SettingsListing.ToText(settings));
        settings.Require();
        return Success;
    }

    private async Task<int> ShowDockerRunAsync()
    {
        var verb = new DockerRunVerb(_hook);
        LaunchPlan plan = _line.Next() is { } id
            ? await verb.PlanAsync(ContainerId.Parse(id), CancellationToken.None)
            : await verb.PlanAsync(ReadFrame(), CancellationToken.None);
        _line.End();
        IReadOnlyList<string> words = DockerRunWriter.Write(plan.Run, out IReadOnlyList<string> unsaid);
        Console.Out.WriteLine(ShellWords.Join(words));
        foreach (string warning in plan.Warnings.Concat(unsaid))
        {
            Console.Error.WriteLine($"mesos-docker: {Printable.Of(warning)}");
        }

        return Success;
    }

    private async Task<int> InstallAsync()
    {
        _line.End();
        var verb = new InstallVerb(_hook, _line.Option("--target-root"));
        return Tell(await verb.HandleAsync(_line.Has("--dry-run"), CancellationToken.None));
    }

    private int Uninstall()
    {
        _line.End();
        return Tell(new UninstallVerb(_hook, _line.Option("--target-root")).Handle(_line.Has("--dry-run")));
    }

    private int Tell(InstallationReport report)
    {
        Print(InstallationText.Of(report), ViewJson.Of(report));
        return Success;
    }

    /// <summary>
    /// Before a person's question is answered: what is wrong with the configuration is said, since the answer goes by it, and a state
    /// root that is not there, or not ours to read, is no empty one.
    /// </summary>
    private void LookAround()
    {
        foreach (SettingProblem problem in _hook.Settings.Problems)
        {
            Console.Error.WriteLine($"mesos-docker: {problem}");
        }

        if (_hook.Root is { } root && !Directory.Exists(root))
        {
            throw new MesosDockerException(Fault.StateUnusable, $"There is no state root '{root}'; 'mesos-docker config' shows the configured one.");
        }

        _hook.RequireReadable();
    }

    /// <summary>An id as an argument is a person's; a frame is the agent's.</summary>
    private ContainerId ReadId(out bool frame)
    {
        string? id = _line.Next();
        _line.End();
        frame = id is null;
        return id is null ? MesosCodec.DecodeContainerId(ReadFrame()) : ContainerId.Parse(id);
    }

    private ContainerId ReadId() => ReadId(out _);

    private byte[] ReadFrame()
    {
        if (!Console.IsInputRedirected)
        {
            throw new MesosDockerException(
                Fault.UsageInvalid,
                $"'{_line.Verb}' reads a frame of the external containerizer protocol from its standard input, which is a terminal.");
        }

        using Stream input = Console.OpenStandardInput();
        return Frames.Read(input) ?? throw new MesosDockerException(Fault.FrameTruncated, $"There is no frame on the standard input, which is where '{_line.Verb}' reads its request; 'mesos-docker help' shows what people can give it.");
    }

    /// <summary>Returns when the agent has read it.</summary>
    /// <returns>False if nobody reads it any more.</returns>
    private static bool WriteFrame(byte[] message)
    {
        const int StandardOutput = 1;
        using Stream output = Console.OpenStandardOutput();
        Frames.Write(output, message);
        return PipeDrain.Wait(StandardOutput);
    }

    private void Print(string text, string json)
    {
        string shown = _line.Has("--json") ? json : text;
        if (shown.Length > 0)
        {
            Console.Out.WriteLine(shown);
        }
    }

    /// <summary>As a shell reports a program's end.</summary>
    private static int ExitStatus(Termination end) => end.Status switch
    {
        { ExitCode: { } code } => code,
        { Signal: { } signal } => SignalBase + signal,
        _ => Failure,
    };
}
