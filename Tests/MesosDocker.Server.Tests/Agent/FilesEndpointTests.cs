using System.Net;
using System.Text;
using System.Text.Json;

namespace MesosDocker.Server.Tests.Agent;

/// <summary>The files API as log tools use it, and as somebody would who wants to see more than sandboxes.</summary>
public sealed class FilesEndpointTests
{
    [Theory]
    [InlineData("/files/read")]
    [InlineData("/files/read.json")]
    public async Task Read_GivesAPart_AndTheSize(string route)
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();
        sandbox.Write("stdout", "0123456789");

        Assert.Equal(("", 10), await sandbox.ReadAsync(route, "stdout", "&offset=-1"));
        Assert.Equal(("", 10), await sandbox.ReadAsync(route, "stdout", ""));
        Assert.Equal(("234", 2), await sandbox.ReadAsync(route, "stdout", "&offset=2&length=3"));
        Assert.Equal(("56789", 5), await sandbox.ReadAsync(route, "stdout", "&offset=5&length=100"));
        Assert.Equal(("56789", 5), await sandbox.ReadAsync(route, "stdout", "&offset=5&length=-1"));
        Assert.Equal(("", 10), await sandbox.ReadAsync(route, "stdout", "&offset=10"));
        Assert.Equal(("", 10), await sandbox.ReadAsync(route, "stdout", "&offset=99&length=1"));
        Assert.Equal(("", 3), await sandbox.ReadAsync(route, "stdout", "&offset=3&length=0"));
    }

    [Fact]
    public async Task Read_InParts_GivesEveryByteOnce_WhateverTheyAre()
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();
        string text = string.Concat(Enumerable.Range(0, 30_000).Select(static i => $"{i}äß€😀\n"));
        sandbox.Write("stdout", text);
        var read = new StringBuilder();
        long offset = 0;
        while (true)
        {
            (string data, long at) = await sandbox.ReadAsync("/files/read", "stdout", $"&offset={offset}");
            Assert.Equal(offset, at);
            if (data.Length == 0)
            {
                break;
            }

            Assert.InRange(Encoding.UTF8.GetByteCount(data), 1, 64 * 1024);
            read.Append(data);
            offset += Encoding.UTF8.GetByteCount(data);
        }

        Assert.Equal(text, read.ToString());
    }

    [Theory]
    [InlineData("&offset=x")]
    [InlineData("&offset=-2")]
    [InlineData("&offset=99999999999999999999")]
    [InlineData("&offset=1&offset=2")]
    [InlineData("&length=1.5")]
    public async Task Read_RefusesNumbersThatAreNone(string query)
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();
        sandbox.Write("stdout", "x");

        Assert.Equal(HttpStatusCode.BadRequest, await sandbox.StatusAsync("/files/read", sandbox.PathOf("stdout"), query));
    }

    [Fact]
    public async Task Paths_MayBeByTheLatestRun_AndByTheNamesOfLaterAgents()
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();
        sandbox.Write("dir/log", "here");
        string latest = Path.Combine(Path.GetDirectoryName(sandbox.Directory)!, "latest", "dir/log");

        Assert.Equal(HttpStatusCode.OK, await sandbox.StatusAsync("/files/read", latest));
        Assert.Equal(HttpStatusCode.OK, await sandbox.StatusAsync("/files/read", "/frameworks/F/executors/app.1/runs/latest/dir/log"));
        Assert.Equal(HttpStatusCode.OK, await sandbox.StatusAsync("/files/browse", "/frameworks/F/executors/app.1/runs/latest"));
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("etc/passwd")]
    [InlineData("/")]
    [InlineData("{work}")]
    [InlineData("{work}/meta/agent.json")]
    [InlineData("{work}/slaves")]
    [InlineData("{sandbox}/../../../../../../../../../etc/passwd")]
    [InlineData("{sandbox}/%2e%2e/%2e%2e/latest/stdout")]
    [InlineData("{sandbox}/missing")]
    [InlineData("{sandbox}/stdout/x")]
    [InlineData("{sandbox}/stdout%00.txt")]
    [InlineData("/frameworks/F/executors/app.1/runs/other/stdout")]
    [InlineData("/frameworks/F/executors/app.2/runs/latest/stdout")]
    [InlineData("/frameworks/../executors/app.1/runs/latest/stdout")]
    public async Task Paths_OutsideOfSandboxes_AreNotThere(string path)
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();
        sandbox.Write("stdout", "x");
        string query = path.Replace("{work}", sandbox.Work).Replace("{sandbox}", sandbox.Directory);

        foreach (string route in (string[])["/files/read", "/files/browse", "/files/download"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await sandbox.GetAsync($"{route}?path={query}")).StatusCode);
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../../../../../../../../../../../etc/passwd")]
    [InlineData("..")]
    [InlineData("/proc/self/environ")]
    [InlineData("inside/../../x")]
    [InlineData("link")]
    [InlineData("")]
    public async Task Links_ThatLeadOut_AreNotFollowed(string target)
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();
        Directory.CreateDirectory(sandbox.PathOf("inside"));

        // Nor taken for something else than they say.
        sandbox.Write("etc/passwd", "not that one");
        if (target.Length > 0)
        {
            File.CreateSymbolicLink(sandbox.PathOf("link"), target);
        }

        Assert.Equal(HttpStatusCode.NotFound, await sandbox.StatusAsync("/files/read", sandbox.PathOf("link")));
        Assert.Equal(HttpStatusCode.NotFound, await sandbox.StatusAsync("/files/browse", sandbox.PathOf("link")));
        Assert.Equal(HttpStatusCode.NotFound, await sandbox.StatusAsync("/files/download", sandbox.PathOf("link/passwd")));
    }

    [Fact]
    public async Task Links_WithinTheSandbox_AreFollowed()
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();
        sandbox.Write("logs/2026/today", "now");
        File.CreateSymbolicLink(sandbox.PathOf("logs/current"), "2026");
        Directory.CreateDirectory(sandbox.PathOf("other"));
        File.CreateSymbolicLink(sandbox.PathOf("other/up"), "../logs/./current/today");

        Assert.Equal(("now", 0), await sandbox.ReadAsync("/files/read", "other/up", "&offset=0"));
        Assert.Equal(("now", 0), await sandbox.ReadAsync("/files/read", "logs/current/today", "&offset=0"));
    }

    [Fact]
    public async Task WhatIsNoFile_IsNotOpened()
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();
        using (System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", [sandbox.PathOf("pipe")]))
        {
            await made.WaitForExitAsync();
        }

        Assert.Equal(HttpStatusCode.NotFound, await sandbox.StatusAsync("/files/read", sandbox.PathOf("pipe")));
        Assert.Equal(HttpStatusCode.BadRequest, await sandbox.StatusAsync("/files/read", sandbox.Directory));
        Assert.Equal(HttpStatusCode.BadRequest, await sandbox.StatusAsync("/files/download", sandbox.Directory));
        Assert.Equal(HttpStatusCode.BadRequest, (await sandbox.GetAsync("/files/read")).StatusCode);
    }

    [Fact]
    public async Task Browse_ListsWhatIsThere()
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();
        sandbox.Write("stdout", "12345");
        Directory.CreateDirectory(sandbox.PathOf("dir"));
        File.CreateSymbolicLink(sandbox.PathOf("link"), "/etc/passwd");
        File.SetUnixFileMode(sandbox.PathOf("stdout"), (UnixFileMode)0b110_100_000);

        using JsonDocument listing = JsonDocument.Parse(await (await sandbox.GetAsync($"/files/browse.json?path={sandbox.Directory}/")).Content.ReadAsStringAsync());

        Dictionary<string, JsonElement> entries = listing.RootElement.EnumerateArray()
            .ToDictionary(static entry => Path.GetFileName(entry.GetProperty("path").GetString()!));
        Assert.Equal(["dir", "link", "stdout"], entries.Keys.Order());
        JsonElement stdout = entries["stdout"];
        Assert.Equal(sandbox.PathOf("stdout"), stdout.GetProperty("path").GetString());
        Assert.Equal((5, 1), (stdout.GetProperty("size").GetInt64(), stdout.GetProperty("nlink").GetInt32()));
        Assert.Equal("-rw-r-----", stdout.GetProperty("mode").GetString());
        Assert.StartsWith("d", entries["dir"].GetProperty("mode").GetString());
        Assert.StartsWith("l", entries["link"].GetProperty("mode").GetString());
        Assert.Equal(0, entries["link"].GetProperty("size").GetInt64());
    }

    [Fact]
    public async Task Download_IsAnAttachment_OfEveryByte()
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();
        byte[] content = new byte[200_000];
        new Random(1).NextBytes(content);
        await File.WriteAllBytesAsync(sandbox.PathOf("da ta\".bin"), content);

        using HttpResponseMessage response = await sandbox.GetAsync($"/files/download?path={Uri.EscapeDataString(sandbox.PathOf("da ta\".bin"))}");

        Assert.Equal(content, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task State_LeadsToTheSandbox()
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();

        foreach (string route in (string[])["/state", "/state.json", "/slave(1)/state", "/slave(1)/state.json"])
        {
            using JsonDocument state = JsonDocument.Parse(await (await sandbox.GetAsync(route)).Content.ReadAsStringAsync());
            JsonElement root = state.RootElement;
            JsonElement executor = root.GetProperty("frameworks")[0].GetProperty("executors")[0];

            Assert.Equal(sandbox.Agent.Agent.Facts.AgentId, root.GetProperty("id").GetString());
            Assert.Equal(sandbox.Agent.Agent.Identity.Pid, root.GetProperty("pid").GetString());
            Assert.Equal(("node1", sandbox.Work), (root.GetProperty("hostname").GetString(), root.GetProperty("flags").GetProperty("work_dir").GetString()));
            Assert.Equal("[31000-32000]", root.GetProperty("resources").GetProperty("ports").GetString());
            Assert.Equal(("app.1", sandbox.Directory), (executor.GetProperty("id").GetString(), executor.GetProperty("directory").GetString()));
            JsonElement task = executor.GetProperty("tasks")[0];
            Assert.Equal(("app.1", "app", "TASK_STAGING"), (task.GetProperty("id").GetString(), task.GetProperty("name").GetString(), task.GetProperty("state").GetString()));
        }
    }

    [Fact]
    public async Task State_KeepsWhatHasEnded_ApartFromWhatRuns()
    {
        await using Sandbox sandbox = await Sandbox.MakeAsync();
        sandbox.Agent.End(Mesos.TaskState.Failed, "over");
        await sandbox.Agent.Agent.Runs.Find("app.1")!.Ended;

        using JsonDocument state = JsonDocument.Parse(await (await sandbox.GetAsync("/state")).Content.ReadAsStringAsync());

        JsonElement framework = state.RootElement.GetProperty("frameworks")[0];
        Assert.Equal(0, framework.GetProperty("executors").GetArrayLength());
        JsonElement executor = framework.GetProperty("completed_executors")[0];
        Assert.Equal(sandbox.Directory, executor.GetProperty("directory").GetString());
        Assert.Equal("TASK_FAILED", executor.GetProperty("completed_tasks")[0].GetProperty("state").GetString());
    }

    /// <summary>The sandbox of one task.</summary>
    private sealed class Sandbox(ScriptedAgent agent) : IAsyncDisposable
    {
        public ScriptedAgent Agent => agent;

        public string Work => agent.Agent.WorkDirectory;

        public string Directory => agent.Agent.Runs.Find("app.1")!.Record.Directory;

        public static async Task<Sandbox> MakeAsync()
        {
            ScriptedAgent agent = await ScriptedAgent.StartAsync();
            await agent.Agent.LaunchAsync(ScriptedAgent.NewTask(), CancellationToken.None);
            return new Sandbox(agent);
        }

        public string PathOf(string name) => Path.Combine(Directory, name);

        public void Write(string name, string content)
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
            File.WriteAllText(PathOf(name), content);
        }

        public Task<HttpResponseMessage> GetAsync(string route) => agent.Http.GetAsync(new Uri(route, UriKind.Relative));

        public async Task<HttpStatusCode> StatusAsync(string route, string path, string query = "&offset=0")
        {
            using HttpResponseMessage response = await GetAsync($"{route}?path={path}{query}");
            return response.StatusCode;
        }

        public async Task<(string Data, long Offset)> ReadAsync(string route, string name, string query)
        {
            using HttpResponseMessage response = await GetAsync($"{route}?path={PathOf(name)}{query}");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            using JsonDocument read = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            return (read.RootElement.GetProperty("data").GetString()!, read.RootElement.GetProperty("offset").GetInt64());
        }

        public ValueTask DisposeAsync() => agent.DisposeAsync();
    }
}
