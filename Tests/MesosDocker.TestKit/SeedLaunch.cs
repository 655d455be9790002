using System.Globalization;
using System.Text.Json;
using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.TestKit;

/// <summary>
/// One launch of Tests/Data/seeds: what an older tool was asked, by the arguments of the tool that asked it, and the docker commands it
/// made of that.
/// </summary>
internal sealed record SeedLaunch
{
    public required string Tool { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The agent's <c>--default_container_image</c>.</summary>
    public string? DefaultImage { get; init; }

    /// <summary>The deimos.cfg it ran with.</summary>
    public string? Configuration { get; init; }

    /// <summary>The words after <c>docker</c> of every command that ran a container.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Runs { get; init; }

    public required bool Succeeded { get; init; }

    public static IReadOnlyList<SeedLaunch> All(string tool)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(TestData.PathOf("seeds", $"{tool}.json")));
        return [.. document.RootElement.EnumerateArray().Select(entry => Read(tool, entry))];
    }

    public static SeedLaunch Named(string tool, string name) => All(tool).Single(seed => seed.Name == name);

    /// <summary>The request as an agent would send it.</summary>
    /// <param name="id">The container's, which names the task and the executor, too.</param>
    public Launch ToLaunch(string id, string directory)
    {
        var said = new Said(Arguments);
        CommandInfo command = Command(said);
        ContainerInfo? container = Container(said);
        Resources resources = ResourcesOf(said);
        string shape = said.One("--shape") ?? "task";
        TaskInfo? task = shape == "executor" ? null : new TaskInfo
        {
            Name = said.One("--task-name") ?? id,
            TaskId = id,
            Resources = resources,
            Command = command,
            Container = container,
        };
        ExecutorInfo? executor = shape switch
        {
            "executor" => new ExecutorInfo
            {
                ExecutorId = id, FrameworkId = "framework-0", Name = id, Resources = resources, Command = command, Container = container,
            },
            "task" => new ExecutorInfo
            {
                ExecutorId = id,
                FrameworkId = "framework-0",
                Name = $"Command Executor (Task: {id})",
                Resources = resources with { Cpus = (resources.Cpus ?? 0) + 0.1m, Memory = (resources.Memory ?? 0) + 32 },
                Command = command with { Value = "/opt/libexec/mesos-executor", Shell = false, Arguments = ["mesos-executor"] },
                Container = container,
            },
            _ => null,
        };
        return new Launch
        {
            ContainerId = ContainerId.Parse(id),
            Task = task,
            Executor = executor,
            Directory = directory,
            User = said.One("--user"),
            AgentId = "slave-0",
            AgentPid = "slave(1)@127.0.0.1:5051",
            Checkpoint = said.Has("--checkpoint"),
        };
    }

    private static SeedLaunch Read(string tool, JsonElement entry)
    {
        string[] global = entry.TryGetProperty("global", out JsonElement words)
            ? [.. words.EnumerateArray().Select(static w => w.GetString()!)]
            : [];
        int image = Array.IndexOf(global, "--default-image");
        JsonElement[] calls = [.. entry.GetProperty("observed").GetProperty("calls").EnumerateArray()];
        return new SeedLaunch
        {
            Tool = tool,
            Name = entry.GetProperty("name").GetString()!,
            Arguments = [.. entry.GetProperty("args").EnumerateArray().Select(static w => w.GetString()!)],
            DefaultImage = image < 0 ? null : global[image + 1],
            Configuration = entry.TryGetProperty("files", out JsonElement files) && files.TryGetProperty("deimos.cfg", out JsonElement text)
                ? text.GetString()
                : null,
            Runs =
            [
                .. calls[0].GetProperty("docker").EnumerateArray()
                    .Select(static command => command.EnumerateArray().Select(static w => w.GetString()!).ToArray())
                    .Where(static command => command.Contains("run")),
            ],
            Succeeded = calls[0].GetProperty("ok").GetBoolean(),
        };
    }

    private static CommandInfo Command(Said said) => new()
    {
        Value = said.One("--command"),
        Shell = !said.Has("--no-shell"),
        Arguments = said.All("--arg"),
        User = said.One("--command-user"),
        Environment = [.. said.All("--env").Select(static pair => new EnvironmentVariable(pair.Split('=', 2)[0], pair.Split('=', 2)[1]))],
        Uris =
        [
            .. said.All("--uri").Select(static uri => new CommandUri { Value = uri }),
            .. said.All("--uri-executable").Select(static uri => new CommandUri { Value = uri, Executable = true }),
            .. said.All("--uri-no-extract").Select(static uri => new CommandUri { Value = uri, Extract = false }),
        ],
        Container = said.Has("--image") || said.Has("--option") || said.Has("--options")
            ? new LegacyContainer
            {
                Image = said.One("--image") ?? "",
                Options = [.. ShellWords.Split(said.One("--options") ?? ""), .. said.All("--option")],
            }
            : null,
    };

    private static ContainerInfo? Container(Said said) => said.One("--docker-image") is { } image
        ? new ContainerInfo
        {
            Type = ContainerType.Docker,
            Hostname = said.One("--hostname"),
            Volumes = [.. said.All("--volume").Select(VolumeOf)],
            Docker = new DockerInfo
            {
                Image = image,
                Network = Enum.Parse<DockerNetwork>(said.One("--network") ?? "host", ignoreCase: true),
                Privileged = said.Has("--privileged"),
                ForcePullImage = said.Has("--force-pull"),
                PortMappings = [.. said.All("--port-mapping").Select(MappingOf)],
                Parameters = [.. said.All("--parameter").Select(static pair => new Parameter(pair.Split('=', 2)[0], pair.Split('=', 2)[1]))],
            },
        }
        : null;

    private static Volume VolumeOf(string text)
    {
        string[] parts = text.Split(':');
        bool readOnly = parts[^1] == "ro";
        string[] paths = parts[^1] is "ro" or "rw" ? parts[..^1] : parts;
        return new Volume { ContainerPath = paths[^1], HostPath = paths.Length > 1 ? paths[0] : null, ReadOnly = readOnly };
    }

    private static PortMapping MappingOf(string text)
    {
        string[] parts = text.Split('/');
        string[] ports = parts[0].Split(':');
        return new PortMapping(Number(ports[0]), Number(ports[1]), parts.Length > 1 ? parts[1] : null);
    }

    private static Resources ResourcesOf(Said said) => new()
    {
        Cpus = Decimal(said.One("--cpus")),
        Memory = Decimal(said.One("--mem")),
        Disk = Decimal(said.One("--disk")),
        Ports = [.. (said.One("--ports") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static range =>
        {
            string[] ends = range.Split('-');
            return new Mesos.PortRange(Number(ends[0]), Number(ends[^1]));
        })],
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static decimal? Decimal(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Arguments as argparse takes them: <c>--name value</c>, <c>--name=value</c>, or a switch.</summary>
    private sealed class Said
    {
        private static readonly string[] s_switches = ["--no-shell", "--privileged", "--force-pull", "--checkpoint"];

        private readonly List<(string Name, string Value)> _pairs = [];

        public Said(IReadOnlyList<string> words)
        {
            for (int i = 0; i < words.Count; i++)
            {
                if (words[i].Split('=', 2) is [var name, var value] && name.StartsWith("--", StringComparison.Ordinal))
                {
                    _pairs.Add((name, value));
                }
                else
                {
                    _pairs.Add((words[i], s_switches.Contains(words[i]) ? "" : words[++i]));
                }
            }
        }

        public bool Has(string name) => _pairs.Any(pair => pair.Name == name);

        public string? One(string name) => All(name) is [.., var last] ? last : null;

        public IReadOnlyList<string> All(string name) => [.. _pairs.Where(pair => pair.Name == name).Select(static pair => pair.Value)];
    }
}
