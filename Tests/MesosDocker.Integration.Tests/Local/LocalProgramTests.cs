using System.Diagnostics;
using System.Text.Json;
using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Local;

/// <summary>The program <c>mesos-dockerd</c> itself, with the real hook on the real engine.</summary>
public sealed class LocalProgramTests(EngineFixture engine)
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "mesos-dockerd.dll");

    [Fact]
    public async Task Local_ServesAForeignClient()
    {
        await using var local = new Local(engine);
        await local.StartAsync();

        string output = await RunningProgram.RunAsync(
            "bash", [Path.Combine(AppContext.BaseDirectory, "Local", "curl-client.sh"), local.Url, local.Token, engine.Image]);

        Assert.EndsWith("done", output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Local_LeavesItsTasks_WhenItEnds_AndFindsThemAgain()
    {
        await using var local = new Local(engine);
        await local.StartAsync();
        await local.PutAsync($$"""{"id":"/stays","cmd":"sleep 1000","cpus":0.01,"mem":32,"container":{"type":"DOCKER","docker":{"image":"{{engine.Image}}"} } }""");
        string task = await local.TaskAsync();

        int exit = await local.StopAsync();
        bool isTold = File.Exists(local.ServerFile);
        await local.StartAsync();

        Assert.Equal(0, exit);
        Assert.False(isTold);
        Assert.Equal(task, await local.TaskAsync());
    }

    [Fact]
    public async Task Local_SaysWhoIsThereAlready()
    {
        await using var local = new Local(engine);
        await local.StartAsync();

        (int exit, string output) = await RunAsync("local", "--work-dir", local.Directory, "--listen", "127.0.0.1:0");
        (int destroyed, _) = await RunAsync("local", "--work-dir", local.Directory, "--destroy");

        Assert.Equal(1, exit);
        Assert.Equal(1, destroyed);
        Assert.Contains("DirectoryInUse", output, StringComparison.Ordinal);
        Assert.Contains($"process {local.Pid}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Local_CleansUpAfterItself()
    {
        await using var local = new Local(engine);
        await local.StartAsync();
        await local.PutAsync($$"""{"id":"/goes","cmd":"sleep 1000","instances":2,"cpus":0.01,"mem":32,"container":{"type":"DOCKER","docker":{"image":"{{engine.Image}}"} } }""");
        await local.PutAsync($$"""{"id":"/fails","cmd":"exit 3","backoffSeconds":3600,"maxLaunchDelaySeconds":3600,"cpus":0.01,"mem":32,"container":{"type":"DOCKER","docker":{"image":"{{engine.Image}}"} } }""");
        await HookFixture.UntilAsync(() => local.Store.All().Count() == 3, "three tasks");
        await local.StopAsync();

        // One has lost its supervisor, and all memory of it but the engine's own.
        ContainerDirectory lost = local.Store.All().First(static container => container.ReadTermination() is null);
        await HookFixture.UntilAsync(() => lost.FindSupervisor() is not null, "its supervisor");
        lost.FindSupervisor()!.Signal(Io.Libc.SignalKill);
        await HookFixture.UntilAsync(() => !lost.HasSupervisor, "its supervisor to end");
        local.Store.Remove(lost);

        await local.DestroyAsync();

        Assert.False(Directory.Exists(local.Directory));
        Assert.Empty(local.Store.All());
        Assert.Empty(await engine.Engine.ListAsync(
            new ContainerFilter { All = true, Labels = [$"{ContainerLabels.WorkDirectory}={local.Directory}/agent"] }, CancellationToken.None));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(64, "nonsense")]
    [InlineData(64, "local", "--nonsense")]
    [InlineData(64, "local", "--listen", "0.0.0.0:1")]
    [InlineData(0, "help")]
    [InlineData(0, "local", "--help")]
    [InlineData(0, "version")]
    public async Task Program_EndsAsItShould(int expected, params string[] words) => Assert.Equal(expected, (await RunAsync(words)).Exit);

    private static async Task<(int Exit, string Output)> RunAsync(params string[] words)
    {
        using RunningProgram program = RunningProgram.Start("dotnet", [s_program, .. words]);
        await HookFixture.UntilAsync(() => program.HasExited, $"the end of mesos-dockerd {string.Join(' ', words)}");
        return (program.ExitCode, program.Output);
    }

    private sealed class Local : IAsyncDisposable
    {
        private readonly TemporaryDirectory _files = new();
        private readonly HttpClient _http = new();
        private RunningProgram? _program;

        public Local(EngineFixture engine)
        {
            Assert.SkipUnless(File.Exists(HookFixture.Executable), $"There is no '{HookFixture.Executable}'; run build.sh.");
            Assert.SkipUnless(Environment.IsPrivilegedProcess, "The containerizer needs root.");
            _ = engine.Engine;
            _files.Write("deimos.cfg", $"[state]\nroot={_files.PathOf("state")}\n");
        }

        public string Directory => _files.PathOf("work");

        public StateStore Store => StateStore.At(_files.PathOf("state"));

        public string ServerFile => Path.Combine(Directory, "server.json");

        public string Url { get; private set; } = "";

        public string Token => File.ReadAllText(Path.Combine(Directory, "token")).Trim();

        public int Pid => _program!.Id;

        public async Task StartAsync()
        {
            _program = RunningProgram.Start("dotnet", [s_program, "local", .. Words, "--listen", "127.0.0.1:0", "--hostname", "localhost"]);
            await HookFixture.UntilAsync(
                () => _program.Output.Contains("ready: ", StringComparison.Ordinal) || _program.HasExited, "the server");
            Assert.False(_program.HasExited, _program.Output);
            using JsonDocument file = JsonDocument.Parse(File.ReadAllBytes(ServerFile));
            Url = file.RootElement.GetProperty("url").GetString()!;
            Assert.Equal(_program.Id, file.RootElement.GetProperty("pid").GetInt32());
        }

        public async Task PutAsync(string app)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Url}/v2/apps")
            {
                Content = new StringContent(app, System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.TryAddWithoutValidation("Authorization", $"token={Token}");
            using HttpResponseMessage response = await _http.SendAsync(request);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        }

        /// <summary>The id of a task, once all run.</summary>
        public async Task<string> TaskAsync()
        {
            string tasks = "";
            await HookFixture.UntilAsync(
                () =>
                {
                    tasks = _http.GetStringAsync($"{Url}/v2/tasks").GetAwaiter().GetResult();
                    return tasks.Contains("TASK_RUNNING", StringComparison.Ordinal) && !tasks.Contains("TASK_ST", StringComparison.Ordinal);
                },
                "running tasks");
            return JsonDocument.Parse(tasks).RootElement.GetProperty("tasks")[0].GetProperty("id").GetString()!;
        }

        /// <summary>By SIGTERM.</summary>
        public async Task<int> StopAsync()
        {
            using RunningProgram program = _program!;
            _program = null;
            using Process kill = Process.Start("kill", [$"{program.Id}"]);
            await HookFixture.UntilAsync(() => program.HasExited, "the server's end");
            return program.ExitCode;
        }

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

        private string[] Words => ["--work-dir", Directory, "--hook", HookFixture.Executable, "--config", _files.PathOf("deimos.cfg")];
    }
}
