using System.Diagnostics;
using System.Globalization;
using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Benchmarks;

internal sealed class Benchmark(Hook hook, Raw raw)
{
    private const string Deaf = "trap '' TERM; while :; do sleep 1; done";
    private const string Polite = "trap 'exit 0' TERM; sleep 600 & wait";
    private const string Brief = "sleep 0.5; exit 3";
    private const string Go = "until [ -e go ]; do sleep 2; done; exit ";
    private const double HeldMegabytes = 12;

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_settle = TimeSpan.FromSeconds(20);

    private readonly Measure _start = new("start", "/bin/true", static _ => 5);
    private readonly Measure _launch = new("launch returns", "", static _ => 20);
    private readonly Measure _toStarted = new("launch to started", "create and start", static reference => reference + 30);
    private readonly Measure _usage = new("usage", "", static _ => 10);
    private readonly Measure _containers = new("containers, 1 running", "", static _ => 10);
    private readonly Measure _recover = new("recover", "", static _ => 10);
    private readonly Measure _update = new("update", "update", static reference => reference + 12);
    private readonly Measure _destroyPolite = new("destroy, ends at TERM", "stop", static reference => reference + 20);
    private readonly Measure _destroyDeaf = new("destroy, ignores TERM", "stop", static reference => reference + 20);
    private readonly Measure _wait = new("end to wait's return", "end to the engine's own /wait", static reference => reference + 10);

    public async Task<bool> RunAsync(int rounds, int atOnce, int held)
    {
        for (int round = 0; round <= rounds; round++)
        {
            await RoundAsync(round > 0);
        }

        var measures = new List<Measure>
        {
            _start, _launch, _toStarted, _usage, _containers, _recover, _update, _destroyPolite, _destroyDeaf, _wait,
        };
        measures.AddRange(await AtOnceAsync(atOnce));
        Console.WriteLine($"{"median, ms",-34} {"ours",9} {"reference",9} {"limit",9}");
        foreach (Measure measure in measures)
        {
            Console.WriteLine(measure);
        }

        bool kept = await HoldAsync(held);
        return kept && measures.All(static measure => measure.Holds);
    }

    private async Task RoundAsync(bool counts)
    {
        Start(counts);
        await RunBothAsync(Polite, _destroyPolite, counts, CallAllAsync);
        await RunBothAsync(Deaf, _destroyDeaf, counts, null);
        await WaitBothAsync(counts);
    }

    private void Start(bool counts)
    {
        TimeSpan ours = TimeOf(hook.Executable, "--version");
        TimeSpan theirs = TimeOf("/bin/true");
        if (counts)
        {
            _start.Ours(ours);
            _start.Raw(theirs);
        }
    }

    private static TimeSpan TimeOf(string program, params string[] arguments)
    {
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        process.WaitForExit();
        return Stopwatch.GetElapsedTime(started);
    }

    private async Task RunBothAsync(string command, Measure destroy, bool counts, Func<Launch, string, bool, Task>? meanwhile)
    {
        (string id, TimeSpan rawStarted) = await raw.RunAsync(command);
        Launch launch = hook.NewLaunch(command);
        DateTimeOffset asked = DateTimeOffset.UtcNow;
        HookCall call = await hook.LaunchAsync(launch);
        ContainerDetails details = (await raw.RunningAsync(launch))[0];
        if (meanwhile is not null)
        {
            await meanwhile(launch, id, counts);
        }

        TimeSpan stopped = await raw.StopAsync(id, s_grace);
        HookCall destroyed = await hook.CallAsync("destroy", launch);
        await hook.CallAsync("wait", launch);
        await raw.RemoveAsync(id);
        if (counts)
        {
            _launch.Ours(call.Took);
            _toStarted.Ours(details.State.StartedAt!.Value - asked);
            _toStarted.Raw(rawStarted);
            destroy.Ours(destroyed.Took);
            destroy.Raw(stopped);
        }
    }

    private async Task CallAllAsync(Launch launch, string id, bool counts)
    {
        HookCall usage = await hook.CallAsync("usage", launch);
        HookCall containers = await hook.AskAsync("containers");
        HookCall recover = await hook.AskAsync("recover");
        HookCall update = await hook.UpdateAsync(launch, new Resources { Cpus = 0.5m, Memory = 64 });
        TimeSpan rawUpdate = await raw.UpdateAsync(id, 512);
        if (counts)
        {
            _usage.Ours(usage.Took);
            _containers.Ours(containers.Took);
            _recover.Ours(recover.Took);
            _update.Ours(update.Took);
            _update.Raw(rawUpdate);
        }
    }

    /// <summary>Both wait for the same container.</summary>
    private async Task WaitBothAsync(bool counts)
    {
        Launch launch = hook.NewLaunch(Brief);
        await hook.LaunchAsync(launch);
        ContainerDetails details = (await raw.RunningAsync(launch))[0];
        Task<HookCall> ours = hook.CallAsync("wait", launch);
        using ContainerWait wait = await raw.BeginWaitAsync(details.Id);
        Task<DateTimeOffset> theirs = TimedAsync(wait.ExitAsync(CancellationToken.None));
        DateTimeOffset oursEnded = await TimedAsync(ours);
        DateTimeOffset theirsEnded = await theirs;
        DateTimeOffset ended = oursEnded < theirsEnded ? oursEnded : theirsEnded;
        if (counts)
        {
            _wait.Ours(oursEnded - ended);
            _wait.Raw(theirsEnded - ended);
        }
    }

    private async Task<IReadOnlyList<Measure>> AtOnceAsync(int count)
    {
        var started = new Measure($"{count} at once, all running", $"{count} creates and starts at once", static reference => reference * 1.2);
        var containers = new Measure($"containers, {count} running", "", static _ => 10);
        var usage = new Measure($"usage, {count} running", "", static _ => 10);

        DateTimeOffset asked = DateTimeOffset.UtcNow;
        (string Id, TimeSpan)[] theirs = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => raw.RunAsync(Polite)));
        started.Raw(DateTimeOffset.UtcNow - asked);
        await Task.WhenAll(theirs.Select(one => raw.RemoveAsync(one.Id)));

        Launch[] launches = [.. Enumerable.Range(0, count).Select(_ => hook.NewLaunch(Polite))];
        asked = DateTimeOffset.UtcNow;
        await Task.WhenAll(launches.Select(hook.LaunchAsync));
        IReadOnlyList<ContainerDetails> details = await raw.RunningAsync(launches);
        started.Ours(details.Max(static one => one.State.StartedAt!.Value) - asked);
        await Task.Delay(s_settle);
        for (int i = 0; i < 10; i++)
        {
            containers.Ours((await hook.AskAsync("containers")).Took);
            usage.Ours((await hook.CallAsync("usage", launches[i % count])).Took);
        }

        await Task.WhenAll(launches.Select(launch => hook.CallAsync("destroy", launch)));
        await Task.WhenAll(launches.Select(launch => hook.CallAsync("wait", launch)));
        return [started, containers, usage];
    }

    /// <summary>Many containers, each with its supervisor and the agent's <c>wait</c>: what they hold, and that each end is the right one.</summary>
    private async Task<bool> HoldAsync(int count)
    {
        Launch[] launches = [.. Enumerable.Range(0, count).Select(i => hook.NewLaunch(Go + (i % 100).ToString(CultureInfo.InvariantCulture)))];
        await Task.WhenAll(launches.Select(hook.LaunchAsync));
        Process[] waits = [.. launches.Select(launch => hook.Start("wait", MesosCodec.EncodeContainerId(launch.ContainerId)))];
        await raw.RunningAsync(launches);
        await Task.Delay(s_settle);
        double[] megabytes = new double[count];
        for (int i = 0; i < count; i++)
        {
            megabytes[i] = Proportional(await hook.SupervisorOfAsync(launches[i])) + Proportional(waits[i].Id);
        }

        int right = 0;
        for (int i = 0; i < count; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(launches[i].Directory!, "fs", "go"), "");
        }

        for (int i = 0; i < count; i++)
        {
            var reply = new MemoryStream();
            await waits[i].StandardOutput.BaseStream.CopyToAsync(reply);
            await waits[i].WaitForExitAsync();
            waits[i].Dispose();
            Termination end = MesosCodec.DecodeTermination(reply.ToArray().AsSpan(sizeof(uint)));
            right += end.Status?.ExitCode == i % 100 ? 1 : 0;
        }

        double median = Measure.Median(megabytes);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} held: supervisor and wait {median:0.0} MB proportional each (limit {HeldMegabytes:0}); {right} of {count} ends are right"));
        return right == count && median <= HeldMegabytes;
    }

    /// <summary>MB of memory, shared pages counted by how many share them.</summary>
    private static double Proportional(int pid)
    {
        string line = File.ReadLines($"/proc/{pid}/smaps_rollup").Single(static line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static async Task<DateTimeOffset> TimedAsync(Task task)
    {
        await task;
        return DateTimeOffset.UtcNow;
    }
}
