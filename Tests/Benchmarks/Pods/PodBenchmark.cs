using System.Diagnostics;
using System.Globalization;
using MesosDocker.TestKit;

namespace MesosDocker.Benchmarks;

internal sealed class PodBenchmark(Executor executor, TemporaryDirectory files, string image)
{
    private const double IdleMegabytes = 25;

    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(10);

    private readonly Measure _own = new("launch to compose up, own part", "", static _ => 50);
    private readonly Measure _running = new("launch to running", "compose config, then up, by hand", static reference => reference + 250);

    public async Task<bool> RunAsync(int rounds)
    {
        await executor.SubscribedAsync();
        string pod = files.Write("pod.yml", $$"""
            services:
              base: {image: "{{image}}", command: [sleep, "600"], ports: ["80"], restart: always, stop_signal: SIGKILL}
              web: {image: "{{image}}", command: [sleep, "600"], network_mode: "service:base", restart: always, stop_signal: SIGKILL}
              redis: {image: "{{image}}", command: [sleep, "600"], network_mode: "service:base", restart: always, stop_signal: SIGKILL}
            """);

        // Takes the place of compose, which has its own time: it notes when it is asked to start the pod, and fails.
        string note = files.PathOf("up");
        string compose = files.WriteProgram("compose", $"case \"$*\" in *' up '*) date +%s%N > {note}; exit 1 ;; esac");
        for (int round = 0; round <= rounds; round++)
        {
            await OwnPartAsync(pod, compose, note, round > 0);
        }

        for (int round = 0; round <= Math.Max(1, rounds / 3); round++)
        {
            await BothAsync(pod, round > 0);
        }

        Console.WriteLine($"{"median, ms",-34} {"ours",9} {"reference",9} {"limit",9}");
        Console.WriteLine(_own);
        Console.WriteLine(_running);
        bool small = await IdleAsync(pod);
        return small && _own.Holds && _running.Holds;
    }

    private async Task OwnPartAsync(string pod, string compose, string note, bool counts)
    {
        File.Delete(note);
        DateTimeOffset asked = DateTimeOffset.UtcNow;
        string task = executor.Launch(pod, compose);
        await executor.EndAsync(task);
        long nanoseconds = long.Parse(await File.ReadAllTextAsync(note), CultureInfo.InvariantCulture);
        if (counts)
        {
            _own.Ours(DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick) - asked);
        }
    }

    private async Task BothAsync(string pod, bool counts)
    {
        long started = Stopwatch.GetTimestamp();
        string task = executor.Launch(pod, compose: null);
        await executor.RunningAsync(task);
        TimeSpan ours = Stopwatch.GetElapsedTime(started);
        await executor.KillAsync(task);

        started = Stopwatch.GetTimestamp();
        await ComposeAsync(pod, "config", "--quiet");
        await ComposeAsync(pod, "up", "--detach");
        TimeSpan theirs = Stopwatch.GetElapsedTime(started);
        await ComposeAsync(pod, "down");
        if (counts)
        {
            _running.Ours(ours);
            _running.Raw(theirs);
        }
    }

    private static Task<string> ComposeAsync(string pod, params string[] arguments) => RunningProgram.RunAsync(
        "docker-compose", ["--project-name", string.Create(CultureInfo.InvariantCulture, $"bench-{Environment.ProcessId}-raw"), "--file", pod, .. arguments]);

    private async Task<bool> IdleAsync(string pod)
    {
        string task = executor.Launch(pod, compose: null);
        await executor.RunningAsync(task);
        await Task.Delay(s_settle);
        double own = Proportional(executor.Pid);
        double reaper = Proportional(executor.ReaperPid);
        await executor.KillAsync(task);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"while a pod of three runs: executor {own:0.0} MB and reaper {reaper:0.0} MB proportional (limit of both {IdleMegabytes:0})"));
        return own + reaper <= IdleMegabytes;
    }

    /// <summary>MB of memory, shared pages counted by how many share them.</summary>
    private static double Proportional(int pid)
    {
        string line = File.ReadLines($"/proc/{pid}/smaps_rollup").Single(static line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
