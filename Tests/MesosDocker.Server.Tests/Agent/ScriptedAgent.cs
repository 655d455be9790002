using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Google.Protobuf;
using MesosDocker.Adapters.Wire.Protocol.Executor;
using MesosDocker.Io;
using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using MesosDocker.TestKit;
using Microsoft.AspNetCore.Builder;

namespace MesosDocker.Server.Tests.Agent;

/// <summary>An agent whose containerizer is a script that does what a test tells it, and runs nothing. The test plays the executors.</summary>
internal sealed class ScriptedAgent : IAsyncDisposable
{
    public const string FrameworkId = "F";
    public const string Protobuf = "application/x-protobuf";

    private readonly ConcurrentQueue<AgentUpdate> _updates = new();
    private readonly CancellationTokenSource _stopping = new();
    private WebApplication? _host;
    private Task _reading = Task.CompletedTask;

    private ScriptedAgent()
    {
        Say("containers", MesosCodec.EncodeContainers([]));
        string hook = Files.WriteProgram("hook", $"""
            cd '{Files.Root}'
            echo "$1" >> calls
            case "$1" in
                containers) cat containers; exit ;;
                recover) exit ;;
            esac
            cat > "last-$1"
            while [ -e "hold-$1" ]; do sleep 0.02; done
            if [ -e "fail-$1" ]; then rm "fail-$1"; echo 'mesos-docker: StateUnusable: The script refuses.' >&2; exit 1; fi
            case "$1" in
                wait) while [ ! -e wait ]; do sleep 0.02; done; cat wait ;;
                usage) cat usage ;;
            esac
            """);
        Options = new AgentOptions { WorkDirectory = Files.PathOf("work"), HookPath = hook, Hostname = "node1", Port = ListeningAgent.FreePort() };
        Agent = LocalAgent.Open(Options, Log.Nowhere());
    }

    public TemporaryDirectory Files { get; } = new();

    public AgentOptions Options { get; }

    public LocalAgent Agent { get; }

    public HttpClient Http { get; } = new();

    public IReadOnlyList<AgentUpdate> Updates => [.. _updates];

    public string[] Calls => File.Exists(Files.PathOf("calls")) ? File.ReadAllLines(Files.PathOf("calls")) : [];

    /// <param name="serve">False: the test sees to whatever serves its API.</param>
    public static async Task<ScriptedAgent> StartAsync(bool recover = true, Action<ScriptedAgent>? before = null, bool serve = true)
    {
        var scripted = new ScriptedAgent();
        before?.Invoke(scripted);
        if (serve)
        {
            scripted._host = ListeningAgent.Serve(scripted.Agent);
            await scripted._host.StartAsync();
        }

        scripted.Http.BaseAddress = new Uri($"http://{scripted.Agent.Identity.Endpoint}");
        if (recover)
        {
            await scripted.Agent.RecoverAsync([], CancellationToken.None);
        }

        scripted._reading = scripted.ReadAsync();
        return scripted;
    }

    public static AgentTask NewTask(string id = "app.1")
        => new(id, new App { Id = "/app", Cmd = "x", Container = new Container { Docker = new DockerContainer { Image = "i" } } }, [], FrameworkId);

    /// <summary>Returns when the containerizer has it.</summary>
    public async Task LaunchAsync(AgentTask task)
    {
        await Agent.LaunchAsync(task, CancellationToken.None);
        await Until.TrueAsync(() => Agent.Runs.Find(task.TaskId)?.Record.IsTaken == true, $"{task.TaskId} to be launched");
    }

    /// <summary>What the script answers to a verb from now on; to <c>wait</c>, that the container has ended.</summary>
    public void Say(string verb, byte[] message)
    {
        using var frame = new MemoryStream();
        Frames.Write(frame, message);
        AtomicFile.Write(Files.PathOf(verb), frame.ToArray());
    }

    public void End(TaskState state, string message, params StatusReason[] reasons)
        => Say("wait", MesosCodec.EncodeTermination(new Termination { Killed = false, Message = message, State = state, Reasons = reasons }));

    public void FailNext(string verb) => Files.Write($"fail-{verb}", "");

    /// <summary>Calls of the verb stand still until it is let go.</summary>
    public void Hold(string verb) => Files.Write($"hold-{verb}", "");

    public void LetGo(string verb) => File.Delete(Files.PathOf($"hold-{verb}"));

    public async Task<AgentUpdate> UpdateAsync(Func<AgentUpdate, bool> wanted)
    {
        await Until.TrueAsync(() => _updates.Any(wanted), $"an update; came: {string.Join("; ", _updates)}");
        return _updates.First(wanted);
    }

    public Task<HttpResponseMessage> CallAsync(Call call) => PostAsync(call.ToByteArray(), Protobuf);

    public async Task<HttpResponseMessage> PostAsync(byte[] body, string type)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/executor") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async ValueTask DisposeAsync()
    {
        End(TaskState.Finished, "The test is over.");
        await Agent.DisposeAsync();
        await _stopping.CancelAsync();
        await _reading;
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        Http.Dispose();
        _stopping.Dispose();
        Files.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            await foreach (AgentUpdate update in Agent.UpdatesAsync(_stopping.Token))
            {
                _updates.Enqueue(update);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
