using System.Globalization;
using MesosDocker.Io;
using MesosDocker.Mesos;
using MesosDocker.TestKit;
using TaskState = MesosDocker.Adapters.Wire.Protocol.TaskState;
using TaskStatus = MesosDocker.Adapters.Wire.Protocol.TaskStatus;

namespace MesosDocker.Benchmarks;

/// <summary>The native executable as an agent starts it, and that agent.</summary>
internal sealed class Executor : IAsyncDisposable
{
    private readonly FakeAgent _agent = new();
    private readonly RunningProgram _program;
    private readonly string _sandbox;
    private int _tasks;

    public Executor(string executable, string sandbox)
    {
        _sandbox = sandbox;
        Directory.CreateDirectory(sandbox);
        _program = RunningProgram.Start("sh", ["-c", $"cd {sandbox} && exec {executable} run >> stdout 2>> stderr < /dev/null"], new Dictionary<string, string>
        {
            ["MESOS_FRAMEWORK_ID"] = "F",
            ["MESOS_EXECUTOR_ID"] = "E",
            ["MESOS_AGENT_ENDPOINT"] = _agent.Endpoint,
            ["MESOS_DIRECTORY"] = sandbox,
            ["MESOS_SANDBOX"] = sandbox,
            ["MESOS_CHECKPOINT"] = "0",
            ["MESOS_DOCKER_EXECUTOR_LINGER"] = "1h",
        });
    }

    public int Pid => _program.Id;

    /// <summary>The program that removes what this one would leave.</summary>
    public int ReaperPid => Directory.EnumerateDirectories("/proc").Select(static folder => int.TryParse(Path.GetFileName(folder), out int pid) ? pid : 0)
        .Single(pid => ProcessIdentity.CommandOf(pid) is { } command && command.Contains(" reap ", StringComparison.Ordinal)
            && command.EndsWith(_sandbox, StringComparison.Ordinal));

    public Task SubscribedAsync() => _agent.SubscribedAsync();

    /// <summary>A task of that compose file.</summary>
    /// <param name="compose">The program to use; null: what there is.</param>
    public string Launch(string file, string? compose)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"bench-{Environment.ProcessId}-{++_tasks}");
        File.Copy(file, Path.Combine(_sandbox, $"{id}.yml"));
        List<Label> labels = [new Label("fileName", $"{id}.yml")];
        if (compose is not null)
        {
            labels.Add(new Label("mesosdocker.pod.compose", compose));
        }

        var launch = new Launch
        {
            ContainerId = ContainerId.Parse("c"),
            AgentId = "S",
            Task = new TaskInfo
            {
                Name = id,
                TaskId = id,
                Resources = new Resources { Cpus = 0.1m, Memory = 64, Ports = [new PortRange(31000, 31000)] },
                Labels = labels,
            },
        };
        _agent.Launch(MesosCodec.TaskOf(MesosCodec.EncodeLaunch(launch))!);
        return id;
    }

    public Task<TaskStatus> RunningAsync(string task) => _agent.UpdateAsync(status => status.TaskId.Value == task && status.State == TaskState.TaskRunning);

    public Task<TaskStatus> EndAsync(string task) => _agent.UpdateAsync(
        status => status.TaskId.Value == task && status.State is TaskState.TaskFailed or TaskState.TaskKilled or TaskState.TaskFinished);

    public async Task KillAsync(string task)
    {
        _agent.Kill(task, TimeSpan.Zero);
        await EndAsync(task);
    }

    public async ValueTask DisposeAsync()
    {
        _agent.Shutdown();
        while (!_program.HasExited)
        {
            await Task.Delay(100);
        }

        _program.Dispose();
        await _agent.DisposeAsync();
    }
}
