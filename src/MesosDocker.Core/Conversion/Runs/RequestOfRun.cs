using System.Globalization;
using MesosDocker.Docker;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>
/// A <c>docker run</c> as an app that asks for the same. What Marathon has a field for goes there; every other option becomes a parameter;
/// what belongs to the person at the terminal (<c>-it</c>, <c>--rm</c>, <c>--restart</c>) goes.
/// </summary>
public static class RequestOfRun
{
    private const double Nano = 1e9;
    private const double SharesPerCpu = 1024;
    private const double BytesPerMegabyte = 1024 * 1024;

    /// <param name="notes">What is not the same.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionImpossible"/>: Marathon has no such network.</exception>
    public static AppRequest Of(DockerRun run, out IReadOnlyList<RunNote> notes)
    {
        List<RunNote> found = [];
        HostConfig host = run.Container.HostConfig;
        ILookup<bool, string> binds = (host.Binds ?? []).ToLookup(IsPlainBind);
        AppPort[] ports = [.. Ports(host, found)];
        Note(run, found);
        notes = found;
        return new AppRequest
        {
            Id = run.Name ?? "",
            Image = run.Container.Image,
            Containerizer = ContainerizerKind.Docker,
            Arguments = run.Container.Cmd,
            Cpus = host.NanoCpus is { } nano ? nano / Nano : host.CpuShares is { } shares ? shares / SharesPerCpu : null,
            Memory = host.Memory is { } bytes and > 0 ? bytes / BytesPerMegabyte : null,
            Environment = Environment(run.Container.Env ?? []),
            Ports = ports,
            Network = Network(host.NetworkMode),
            Volumes = [.. binds[true].Select(AppWords.Volume)],
            HealthChecks = Health(run.Container.Healthcheck) is { } check ? [new AppHealthCheck { Check = check }] : [],
            PullAlways = run.Pull == PullPolicy.Always,
            Privileged = host.Privileged == true,
            Parameters = RestOfRun.Parameters(run, [.. binds[false]]),
            KillGraceSeconds = run.Container.StopTimeout,
        };
    }

    private static void Note(DockerRun run, List<RunNote> notes)
    {
        if (run.Container.HostConfig.Memory is not > 0)
        {
            notes.Add(new RunNote("The line sets no limit of memory, and a task always has one: Marathon's default is 128 MB. Say more with -Memory.", "Memory"));
        }

        if (run.Container.Tty == true || run.Container.OpenStdin == true)
        {
            notes.Add(new RunNote("A task has no terminal and no input; --tty and --interactive are left out."));
        }

        if (run.Container.HostConfig.PublishAllPorts == true)
        {
            notes.Add(new RunNote("--publish-all is left out: an app names its ports. Say them with -Port.", "Port"));
        }

        if (run.Container.NetworkingConfig?.EndpointsConfig.Values.Any(static endpoint => endpoint != new EndpointSpec()) == true)
        {
            notes.Add(new RunNote("Addresses and aliases on a network are left out: each task has its own."));
        }
    }

    private static string Network(string? mode) => mode switch
    {
        null or "" or "default" or "bridge" => "Bridge",
        "host" => "Host",
        _ when mode == "none" || mode.StartsWith("container:", StringComparison.Ordinal) => throw new MesosDockerException(
            Fault.OptionImpossible, $"--network={mode} is not possible: Marathon starts tasks on the host's network, a bridge, or a network with a name."),
        _ => mode,
    };

    private static IEnumerable<AppPort> Ports(HostConfig host, List<RunNote> notes)
    {
        foreach ((string port, IReadOnlyList<PortBinding> bindings) in host.PortBindings ?? new Dictionary<string, IReadOnlyList<PortBinding>>())
        {
            string[] parts = port.Split('/');
            foreach (PortBinding binding in bindings)
            {
                if (binding.HostIp.Length > 0)
                {
                    notes.Add(new RunNote($"The address {binding.HostIp} before port {port} is left out: the agent decides where its ports are."));
                }

                bool isOne = int.TryParse(binding.HostPort, NumberStyles.None, CultureInfo.InvariantCulture, out int hostPort);
                yield return new AppPort
                {
                    Container = int.Parse(parts[0], CultureInfo.InvariantCulture),
                    Host = isOne ? hostPort : 0,
                    Protocol = parts is [_, not "tcp"] ? parts[1] : null,
                };
            }
        }
    }

    private static Dictionary<string, EnvironmentValue> Environment(IEnumerable<string> variables)
    {
        Dictionary<string, EnvironmentValue> environment = [];
        foreach (string variable in variables)
        {
            if (variable.Split('=', 2) is [var name, var value])
            {
                environment[name] = value;
            }
        }

        return environment;
    }

    // Host and container, and a mode that Marathon knows; the rest (:z, :rslave) is Docker's alone.
    private static bool IsPlainBind(string bind)
        => bind.Split(':') is [{ Length: > 0 }, ['/', ..]] or [{ Length: > 0 }, ['/', ..], "ro" or "rw"];

    private static HealthCheck? Health(HealthcheckSpec? spec)
    {
        string? line = spec?.Test switch
        {
            ["CMD-SHELL", var shell] => shell,
            ["CMD", ..] => ShellWords.Join(spec.Test.Skip(1)),
            _ => null,
        };
        return line is null ? null : new HealthCheck
        {
            Protocol = "COMMAND",
            Command = new CommandValue { Value = line },
            IntervalSeconds = Seconds(spec!.Interval),
            TimeoutSeconds = Seconds(spec.Timeout),
            GracePeriodSeconds = Seconds(spec.StartPeriod),
            MaxConsecutiveFailures = spec.Retries is > 0 ? spec.Retries : null,
        };
    }

    private static int? Seconds(long? nanoseconds)
        => nanoseconds is > 0 ? (int)Math.Min(int.MaxValue, Math.Ceiling(nanoseconds.Value / Nano)) : null;
}
