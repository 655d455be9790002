using System.Collections.Concurrent;
using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Io;
using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using MesosDocker.Server.Tests.Agent;
using MesosDocker.TestKit;
using Microsoft.AspNetCore.Builder;

namespace MesosDocker.Integration.Tests.Local;

/// <summary>
/// The embedded cluster's agent with the real hook and the real engine, and a work directory of its own. It can be stopped and started again
/// as a server is. At its end nothing may be left of what it launched, which is checked.
/// </summary>
internal sealed class AgentFixture : IAsyncDisposable
{
    public const string FrameworkId = "F";

    // A task ends by a file in its sandbox, which is its working directory.
    public const string UntilGo = "while [ ! -e go ]; do sleep 0.05; done";

    private static int s_ids;

    private readonly EngineFixture _engine;
    private readonly TemporaryDirectory _files = new();
    private readonly ConcurrentQueue<AgentUpdate> _updates = new();
    private LocalAgent? _agent;
    private WebApplication? _host;
    private Task _reading = Task.CompletedTask;
    private CancellationTokenSource _stopping = new();

    public AgentFixture(EngineFixture engine)
    {
        _engine = engine;
        Assert.SkipUnless(File.Exists(HookFixture.Executable), $"There is no '{HookFixture.Executable}'; run build.sh.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The containerizer needs root.");
        _ = engine.Engine;
        Options = new AgentOptions
        {
            WorkDirectory = _files.PathOf("work"),
            StateRoot = _files.PathOf("state"),
            HookPath = HookFixture.Executable,
            DefaultImage = $"docker:///{Image}",
            Hostname = "localhost",
            Port = ListeningAgent.FreePort(),
        };
    }

    public AgentOptions Options { get; set; }

    public LocalAgent Agent => _agent ?? throw new InvalidOperationException("It is not started.");

    public DockerEngine Engine => _engine.Engine;

    public string Image => _engine.Image;

    public TemporaryDirectory Files => _files;

    /// <summary>Whether what comes is acknowledged at once, as by a scheduler that writes it down.</summary>
    public bool Acknowledges { get; set; } = true;

    public StateStore Store => StateStore.At(Options.StateRoot!);

    /// <summary>The agent's API.</summary>
    public HttpClient Http { get; } = new();

    public IReadOnlyList<AgentUpdate> Updates => [.. _updates];

    public IReadOnlyList<TaskState> StatesOf(AgentTask task)
        => [.. _updates.Where(update => update.TaskId == task.TaskId).Select(static update => update.State)];

    public AgentTask NewTask(string command, Func<App, App>? change = null, params int[] ports)
    {
        int number = Interlocked.Increment(ref s_ids);
        var app = new App
        {
            Id = $"/test/app{number}",
            Version = "2026-01-01T00:00:00.000Z",
            Cmd = command,
            Cpus = 0.1,
            Mem = 32,
            Networks = [new Network { Mode = "host" }],
            Container = new Container { Type = "DOCKER", Docker = new DockerContainer { Image = Image } },
        };
        return new AgentTask($"test_app{number}.instance-{Guid.NewGuid()}._app.1", change is null ? app : change(app), [.. ports], FrameworkId);
    }

    public async Task StartAsync(params AgentTask[] remembered)
    {
        _agent = LocalAgent.Open(Options, Log.Nowhere());
        _host = ListeningAgent.Serve(_agent);
        await _host.StartAsync();
        _stopping = new CancellationTokenSource();
        Http.BaseAddress ??= new Uri($"http://{_agent.Identity.Endpoint}");
        await _agent.RecoverAsync(remembered, CancellationToken.None);
        _reading = ReadAsync(_agent, _stopping.Token);
    }

    public async Task StopAsync()
    {
        if (_agent is not null)
        {
            await _stopping.CancelAsync();
            await _reading;
            await _agent.DisposeAsync();
            await _host!.StopAsync();
            await _host.DisposeAsync();
            _stopping.Dispose();
            _agent = null;
        }
    }

    public Task LaunchAsync(AgentTask task) => Agent.LaunchAsync(task, CancellationToken.None);

    public Task KillAsync(AgentTask task, TimeSpan grace) => Agent.KillAsync(task.TaskId, grace, CancellationToken.None);

    public async Task<AgentUpdate> UpdateAsync(AgentTask task, Func<AgentUpdate, bool> wanted, string what)
    {
        AgentUpdate? Find() => _updates.FirstOrDefault(update => update.TaskId == task.TaskId && wanted(update));
        await HookFixture.UntilAsync(() => Find() is not null, $"{what} of {task.TaskId}; came: {string.Join("; ", StatesOf(task))}");
        return Find()!;
    }

    public Task<AgentUpdate> UpdateAsync(AgentTask task, TaskState state) => UpdateAsync(task, update => update.State == state, $"{state}");

    public Task<AgentUpdate> EndAsync(AgentTask task) => UpdateAsync(task, static update => update.IsTerminal, "the end");

    /// <summary>Until its container is known to have ended, whoever told it.</summary>
    public async Task EndedAsync(AgentTask task) => await Agent.Runs.Find(task.TaskId)!.Ended.WaitAsync(TimeSpan.FromMinutes(1));

    public RunRecord Record(AgentTask task) => Agent.Runs.Find(task.TaskId)!.Record;

    public string Sandbox(AgentTask task, string name) => Path.Combine(Record(task).Directory, name);

    public void Go(AgentTask task) => File.WriteAllText(Sandbox(task, "go"), "");

    public Task<string> GetAsync(string path) => Http.GetStringAsync(new Uri(path, UriKind.Relative));

    public async Task<IReadOnlyList<ContainerSummary>> LeftAsync() => await Engine.ListAsync(
        new ContainerFilter { All = true, Labels = [$"{ContainerLabels.WorkDirectory}={Options.WorkDirectory}"] }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        // With nobody remembered, everything is destroyed.
        await StopAsync();
        await StartAsync();
        await Task.WhenAll(Agent.Runs.All.Select(static run => run.Ended)).WaitAsync(TimeSpan.FromMinutes(1));
        await StopAsync();
        await HookFixture.UntilAsync(() => !HookFixture.PidsOf(_files.Root).Any(), $"the last process of {_files.Root} to end");
        Assert.Empty(await LeftAsync());
        Http.Dispose();
        _stopping.Dispose();
        _files.Dispose();
    }

    private async Task ReadAsync(LocalAgent agent, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (AgentUpdate update in agent.UpdatesAsync(cancellationToken))
            {
                _updates.Enqueue(update);
                if (Acknowledges)
                {
                    await agent.AcknowledgeAsync(update, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }
}
