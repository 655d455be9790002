using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using MesosDocker.Containerizer;
using MesosDocker.Docker;
using MesosDocker.Integration.Tests.Containerizer;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Server.Tests.Agent;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Local;

/// <summary>
/// The agent in a process of its own, killed again and again at moments by chance, while tasks are launched, run, are killed and end. The test is
/// the scheduler: it remembers before it orders, and acknowledges what it has heard.
/// </summary>
public sealed class KilledAgentTests(EngineFixture engine) : IAsyncDisposable
{
    private const int Kills = 25;
    private const int TasksEach = 2;

    private readonly TemporaryDirectory _files = new();
    private readonly int _port = ListeningAgent.FreePort();
    private readonly ConcurrentDictionary<string, string> _remembered = new();
    private readonly ConcurrentDictionary<string, string> _ends = new();
    private readonly ConcurrentDictionary<string, string> _heard = new();
    private Process? _process;
    private Task _listening = Task.CompletedTask;

    private string Work => _files.PathOf("work");

    [Fact]
    public async Task KilledAtAnyMoment_NothingIsLost_Doubled_OrLeft()
    {
        Assert.SkipUnless(File.Exists(HookFixture.Executable), $"There is no '{HookFixture.Executable}'; run build.sh.");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "The containerizer needs root.");
        _ = engine.Engine;
        var chance = new Random(20261120);
        for (int i = 0; i < Kills; i++)
        {
            await StartAsync();
            for (int j = 0; j < TasksEach; j++)
            {
                string id = string.Create(CultureInfo.InvariantCulture, $"app{i}-{j}.1");
                string command = j == 0 ? "echo started; sleep 0.2; exit 3" : "echo started; while :; do sleep 0.05; done";
                _remembered[id] = command;
                Order($"launch {id} {command}");
            }

            if (_remembered.Keys.FirstOrDefault(static id => id.EndsWith("-1.1", StringComparison.Ordinal)) is { } victim && i % 3 == 2)
            {
                Order($"kill {victim} 0");
            }

            // In the middle of the launches, or while tasks run.
            await Task.Delay(chance.Next(2) == 0 ? chance.Next(0, 60) : chance.Next(0, 700));
            await KillAsync();
        }

        await StartAsync();
        foreach (string id in _remembered.Keys)
        {
            Order($"kill {id} 0");
        }

        await HookFixture.UntilAsync(() => _remembered.IsEmpty, $"the end of {string.Join(", ", _remembered.Keys)}");
        AssertEnds();
        await HookFixture.UntilAsync(() => LeftAsync().GetAwaiter().GetResult().Count == 0, "the last container to go");
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _remembered.Clear();
            await KillAsync();
            await StartAsync();
            await HookFixture.UntilAsync(() => LeftAsync().GetAwaiter().GetResult().Count == 0, "the last container to go");
            await KillAsync();
            foreach (int left in HookFixture.PidsOf($"{HookFixture.Executable} wait --root {_files.PathOf("state")}"))
            {
                Io.Libc.Kill(left, Io.Libc.SignalKill);
            }

            await HookFixture.UntilAsync(() => !HookFixture.PidsOf(_files.Root).Any(), "the last process to end");
        }

        _files.Dispose();
    }

    /// <summary>Each task ran once at most; what ran ended as it did.</summary>
    private void AssertEnds()
    {
        Assert.Equal(Kills * TasksEach, _ends.Count);
        foreach ((string id, string state) in _ends)
        {
            string[] runs = Directory.Exists(RunsOf(id)) ? Directory.GetDirectories(RunsOf(id)) : [];
            IEnumerable<string> outputs = runs
                .Where(static run => Path.GetFileName(run) != "latest")
                .Select(static run => Path.Combine(run, "stdout"))
                .Where(File.Exists);
            int starts = outputs.Sum(static output => File.ReadAllLines(output).Count(static line => line == "started"));
            Assert.True(starts <= 1, $"{id} ran {starts} times.");
            string[] possible = id.EndsWith("-0.1", StringComparison.Ordinal) ? ["Failed", "Killed", "Lost"] : ["Killed", "Lost"];
            Assert.True(possible.Contains(state), $"{id} ended as {state}.");
            Assert.True(state != "Lost" || starts == 0, $"{id} is lost, but ran.");
        }
    }

    private string RunsOf(string id) => Path.Combine(
        Directory.GetDirectories(Path.Combine(Work, "slaves"))[0], "frameworks", "F", "executors", id, "runs");

    private async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "MesosDocker.AgentProcess.dll"),
            Work, _files.PathOf("state"), HookFixture.Executable, engine.Image, _port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        foreach ((string id, string command) in _remembered)
        {
            Order($"remember {id} {command}");
        }

        Order("start");
        var ready = new TaskCompletionSource();
        _listening = ListenAsync(_process, ready);
        await ready.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        await _listening;
        _process.Dispose();
    }

    private void Order(string line)
    {
        try
        {
            lock (_process!)
            {
                _process.StandardInput.WriteLine(line);
                _process.StandardInput.Flush();
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // Killed meanwhile.
        }
    }

    private async Task ListenAsync(Process process, TaskCompletionSource ready)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            switch (line.Split(' '))
            {
                case ["ready"]:
                    ready.TrySetResult();
                    break;
                case ["update", var id, var state, var uuid]:
                    Hear(id, state, uuid);
                    Order($"acknowledge {id} {uuid}");
                    break;
            }
        }

        ready.TrySetException(new InvalidOperationException("The agent ended before it was ready."));
    }

    private void Hear(string id, string state, string uuid)
    {
        Assert.True(_heard.GetOrAdd(uuid, state) == state);
        if (state is "Finished" or "Failed" or "Killed" or "Lost" or "Error")
        {
            _ends.TryAdd(id, state);
            _remembered.TryRemove(id, out _);
        }
    }

    private async Task<IReadOnlyList<ContainerSummary>> LeftAsync() => await engine.Engine.ListAsync(
        new ContainerFilter { All = true, Labels = [$"{ContainerLabels.WorkDirectory}={Work}"] }, CancellationToken.None);
}
