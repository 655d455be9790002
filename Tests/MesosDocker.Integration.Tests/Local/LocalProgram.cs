using System.Diagnostics;
using System.Text.Json;
using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Local;

/// <summary>
/// The program <c>mesos-dockerd local</c> with directories of its own, started and ended as often as a test likes. At its end everything is
/// destroyed.
/// </summary>
internal sealed class LocalProgram : IAsyncDisposable
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "mesos-dockerd.dll");

    private readonly EngineFixture _engine;
    private readonly TemporaryDirectory _files = new();
    private readonly HttpClient _http = new();
    private RunningProgram? _program;

    public LocalProgram(EngineFixture engine)
    {
        Assert.SkipUnless(File.Exists(HookFixture.Executable), $"There is no '{HookFixture.Executable}'; run build.sh.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The containerizer needs root.");
        _engine = engine;
        _ = engine.Engine;
        _files.Write("deimos.cfg", $"[state]\nroot={_files.PathOf("state")}\n");
    }

    public string Directory => _files.PathOf("work");

    public StateStore Store => StateStore.At(_files.PathOf("state"));

    public string ServerFile => Path.Combine(Directory, "server.json");

    public string Url { get; private set; } = "";

    public string AgentUrl { get; private set; } = "";

    public string Token => File.ReadAllText(Path.Combine(Directory, "token")).Trim();

    public int Pid => _program!.Id;

    public string[] Words => ["--work-dir", Directory, "--hook", HookFixture.Executable, "--config", _files.PathOf("deimos.cfg")];

    public static async Task<(int Exit, string Output)> RunAsync(params string[] words)
    {
        using RunningProgram program = RunningProgram.Start("dotnet", [s_program, .. words]);
        await HookFixture.UntilAsync(() => program.HasExited, $"the end of mesos-dockerd {string.Join(' ', words)}");
        return (program.ExitCode, program.Output);
    }

    public async Task StartAsync(params string[] more)
    {
        _program = RunningProgram.Start("dotnet", [s_program, "local", .. Words, "--listen", "127.0.0.1:0", "--hostname", "localhost", .. more]);
        await HookFixture.UntilAsync(() => _program.Output.Contains("ready: ", StringComparison.Ordinal) || _program.HasExited, "the server");
        Assert.False(_program.HasExited, _program.Output);
        using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(ServerFile));
        Url = file.RootElement.GetProperty("url").GetString()!;
        AgentUrl = file.RootElement.GetProperty("agentUrl").GetString()!;
        Assert.Equal(_program.Id, file.RootElement.GetProperty("pid").GetInt32());
    }

    /// <summary>It must be taken.</summary>
    public async Task SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, Url + path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", $"token={Token}");
        using HttpResponseMessage response = await _http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task PostAsync(string app) => SendAsync(HttpMethod.Post, "/v2/apps", app);

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await _http.GetStringAsync(Url + path));

    /// <summary>The id of a task, once all run.</summary>
    public async Task<string> TaskAsync()
    {
        string tasks = "";
        await HookFixture.UntilAsync(
            () =>
            {
                tasks = GetAsync("/v2/tasks").GetAwaiter().GetResult().GetRawText();
                return tasks.Contains("TASK_RUNNING", StringComparison.Ordinal) && !tasks.Contains("TASK_ST", StringComparison.Ordinal);
            },
            "running tasks");
        return JsonElement.Parse(tasks).GetProperty("tasks")[0].GetProperty("id").GetString()!;
    }

    /// <summary>Whatever the engine still has of it.</summary>
    public async Task<IReadOnlyList<ContainerSummary>> ContainersAsync() => await _engine.Engine.ListAsync(
        new ContainerFilter { All = true, Labels = [$"{ContainerLabels.WorkDirectory}={Directory}/agent"] }, CancellationToken.None);

    /// <summary>By SIGTERM.</summary>
    public Task<int> StopAsync() => EndAsync("-TERM");

    /// <summary>By SIGKILL.</summary>
    public Task KillAsync() => EndAsync("-KILL");

    public async Task DestroyAsync()
    {
        (int exit, string output) = await RunAsync(["local", "--destroy", .. Words]);
        Assert.True(exit == 0, output);
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await StopAsync();
        }

        await DestroyAsync();
        _http.Dispose();
        _files.Dispose();
    }

    private async Task<int> EndAsync(string signal)
    {
        using RunningProgram program = _program!;
        _program = null;
        using Process kill = Process.Start("kill", [signal, $"{program.Id}"]);
        await HookFixture.UntilAsync(() => program.HasExited, "the server's end");
        return program.ExitCode;
    }
}
