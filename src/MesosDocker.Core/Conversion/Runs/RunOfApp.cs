using System.Text.Json;
using MesosDocker.Docker;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>
/// The <c>docker run</c> that a task of an app becomes: what Mesos's Docker containerizer asks for (src/docker/docker.cpp of Mesos 1.x) when
/// Marathon has launched the task.
/// </summary>
public static class RunOfApp
{
    private const string SandboxInside = "/mnt/mesos/sandbox";
    private const double SharesPerCpu = 1024;
    private const long FewestShares = 2;
    private const long BytesPerMegabyte = 1024 * 1024;
    private const long LeastMemory = 32 * BytesPerMegabyte;

    /// <param name="notes">What such a line cannot show.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.OptionImpossible"/> if there is no image;
    /// <see cref="Fault.OptionUnknown"/> and its like for parameters that are no options.</exception>
    public static DockerRun Of(App app, ExampleTask task, out IReadOnlyList<RunNote> notes)
    {
        if (LegacyContainer.Of(app) is var (oldImage, options))
        {
            return RunOfLegacyApp.Of(app, oldImage, options, task, out notes);
        }

        App meant = CanonicalApp.Of(app);
        string? image = meant.Container?.Docker?.Image;
        if (string.IsNullOrEmpty(image))
        {
            throw new MesosDockerException(Fault.OptionImpossible, $"The app '{app.Id}' has no image, so that nothing of it is run by Docker.");
        }

        notes = [.. Notes(meant)];
        string taskId = task.IdFor(meant);
        IReadOnlyList<TaskPorts.Assigned> ports = TaskPorts.Of(meant, task.FirstPort);
        DockerContainer? docker = meant.Container?.Docker;
        var run = new DockerRun
        {
            Name = task.ContainerName,
            Pull = docker?.ForcePullImage == true ? PullPolicy.Always : null,
            Container = new ContainerSpec
            {
                Image = image,
                Env =
                [
                    .. TaskVariables.Of(meant, taskId, task.Host, ports),
                    $"MESOS_SANDBOX={SandboxInside}",
                    $"MESOS_CONTAINER_NAME={task.ContainerName}",
                ],
                HostConfig = new HostConfig
                {
                    CpuShares = Math.Max(FewestShares, (long)((meant.Cpus ?? 1) * SharesPerCpu)),
                    Memory = Math.Max(LeastMemory, (long)((meant.Mem ?? 128) * BytesPerMegabyte)),
                    NetworkMode = Network(meant),
                    Privileged = docker?.Privileged == true ? true : null,
                    Binds = [.. Binds(meant, task)],
                    VolumeDriver = Driver(meant),
                },
            },
        };
        run = Publish(run, meant, ports);
        IEnumerable<string> parameters = (docker?.Parameters ?? []).Select(static parameter => $"--{parameter.Key}={parameter.Value}");
        run = DockerRunParser.ParseOptions([.. parameters, $"--label=MESOS_TASK_ID={taskId}"], NoRunFiles.Instance, run);
        return Command(run, app);
    }

    // A line for the shell goes around the image's entry point, unless a parameter has named another one.
    private static DockerRun Command(DockerRun run, App app) => run with
    {
        Container = app.Cmd is { Length: > 0 } line && app.Args is not { Count: > 0 }
            ? run.Container with { Entrypoint = run.Container.Entrypoint ?? ["/bin/sh"], Cmd = ["-c", line] }
            : run.Container with { Cmd = app.Args is { Count: > 0 } args ? args : null },
    };

    private static DockerRun Publish(DockerRun run, App app, IReadOnlyList<TaskPorts.Assigned> ports)
    {
        if (app.Container?.PortMappings is null)
        {
            return run;
        }

        IEnumerable<string> words = ports
            .Where(static port => port.Host is not null)
            .SelectMany(static port => port.Protocol.Split(',').Select(protocol => $"--publish={port.Host}:{port.Container}/{protocol}"));
        return DockerRunParser.ParseOptions([.. words], NoRunFiles.Instance, run);
    }

    private static string Network(App app) => app.Networks switch
    {
        [{ Mode: "container", Name: { } name }, ..] => name,
        [{ Mode: "container/bridge" }, ..] => "bridge",
        _ => "host",
    };

    private static IEnumerable<string> Binds(App app, ExampleTask task)
    {
        foreach (Volume volume in app.Container?.Volumes ?? [])
        {
            string mode = volume.Mode == "RO" ? "ro" : "rw";
            if (volume.HostPath is { } path)
            {
                // A relative path is one in the sandbox.
                yield return $"{(path.StartsWith('/') ? path : $"{task.Sandbox}/{path}")}:{volume.ContainerPath}:{mode}";
            }
            else if (volume.External?.Name is { } name)
            {
                yield return $"{name}:{volume.ContainerPath}:{mode}";
            }
        }

        yield return $"{task.Sandbox}:{SandboxInside}";
    }

    private static string? Driver(App app)
    {
        JsonElement? options = app.Container?.Volumes?.FirstOrDefault(static volume => volume.External is not null)?.External!.Options;
        return options is { ValueKind: JsonValueKind.Object } said && said.TryGetProperty("dvdi/driver", out JsonElement driver)
            && driver.ValueKind == JsonValueKind.String
                ? driver.GetString()
                : null;
    }

    private static IEnumerable<RunNote> Notes(App app)
    {
        if (app.Container?.Type == ContainerTypes.Mesos)
        {
            yield return new RunNote("The Mesos containerizer runs this image itself, without Docker; the line is what comes nearest.");
        }

        string[] secrets = [.. (app.Env ?? new Dictionary<string, EnvironmentValue>()).Where(static pair => pair.Value.Secret is not null).Select(static pair => pair.Key)];
        if (secrets.Length > 0)
        {
            yield return new RunNote($"The values of {string.Join(", ", secrets)} are secrets, which the agent adds.");
        }

        if (app.Container?.Volumes?.Any(static volume => volume.Persistent is not null) == true)
        {
            yield return new RunNote("Persistent volumes are in the sandbox; Mesos puts them there, and the line does not show them.");
        }
    }
}
