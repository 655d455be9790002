using MesosDocker.Local;
using MesosDocker.Marathon;
using MesosDocker.Mesos;
using HealthCheck = MesosDocker.Marathon.HealthCheck;
using Volume = MesosDocker.Marathon.Volume;

namespace MesosDocker.Server.Tests;

/// <summary>Everything that can happen to a cluster, in any order; the same seed is the same life, but for what happens at the same time.</summary>
internal sealed class RandomLife(World world, int seed)
{
    private static readonly string[] s_ids = ["/a", "/b", "/g/c", "/g/d", "/g/h/e"];

    private readonly Random _random = new(seed);
    private readonly List<string> _story = [];

    /// <summary>Deployments were broken off, and what they left is as it is.</summary>
    public bool IsMixed { get; private set; }

    public string Story => $"seed {seed}: {string.Join("; ", _story)}";

    public async Task StepAsync()
    {
        Func<Task>[] steps =
        [
            PutAsync, PutAsync, PutAsync, PutAsync, ScaleAsync, ScaleAsync, RemoveAsync, RestartAppAsync, CancelAsync, KillAsync,
            RunAsync, RunAsync, RunAsync, EndAsync, EndAsync, ProbeAsync, ProbeAsync, ProbeAsync, WaitAsync, WaitAsync, MoodAsync,
            RestartAsync, CrashAsync,
        ];
        await steps[_random.Next(steps.Length)]();
        if (_random.Next(3) > 0)
        {
            await world.SettleAsync();
        }
    }

    private bool Maybe(int of = 2) => _random.Next(of) == 0;

    private string AnyId() => s_ids[_random.Next(s_ids.Length)];

    private void Tell(string what) => _story.Add(what);

    private Task PutAsync()
    {
        string id = AnyId();
        int kind = _random.Next(5);
        int most = kind switch { 0 => 1, 1 => 2, 2 => 1, _ => 5 };
        var app = new App
        {
            Id = id,
            Cmd = $"run {_random.Next(3)}",
            Cpus = 0.5,
            Instances = _random.Next(most + 1),
            BackoffSeconds = _random.Next(3),
            KillSelection = Maybe() ? KillOrder.OldestFirst : null,
            HealthChecks = Maybe() ? [new HealthCheck { MaxConsecutiveFailures = 2, GracePeriodSeconds = 0 }] : null,
            Constraints = kind == 0 ? [["hostname", "UNIQUE"]] : kind == 1 ? [["hostname", "MAX_PER", "2"]] : null,
            PortDefinitions = kind == 2 ? [new PortDefinition { Port = 39000 + Array.IndexOf(s_ids, id) }] : null,
            RequirePorts = kind == 2,
            Dependencies = id == "/b" && Maybe() ? ["/a"] : null,
            Container = id == "/g/d" ? new Container { Volumes = [new Volume { ContainerPath = "data", Persistent = new PersistentVolume { Size = 1 } }] } : null,
            UpgradeStrategy = new UpgradeStrategy
            {
                MinimumHealthCapacity = kind == 2 ? 0 : _random.Next(3) / 2.0,
                MaximumOverCapacity = _random.Next(3) / 2.0,
            },
        };
        bool force = Maybe();
        return TryAsync($"put {id} x{app.Instances} kind {kind} '{app.Cmd}' force {force}", () => world.PutAsync(force, app));
    }

    private Task ScaleAsync()
    {
        string id = AnyId();
        bool force = Maybe();
        return TryAsync($"scale {id} force {force}", async () =>
        {
            if (GroupTree.Of(world.State.Root).App(id) is { } app)
            {
                int most = app.Constraints is { Count: > 0 } constraints ? (constraints[0].Count == 2 ? 1 : 2) : app.RequirePorts == true ? 1 : 5;
                await world.PutAsync(force, app with { Instances = _random.Next(most + 1) });
            }
        });
    }

    private Task RemoveAsync()
    {
        string id = AnyId();
        return TryAsync($"remove {id}", () => world.RemoveAsync(id, force: Maybe()));
    }

    private Task RestartAppAsync()
    {
        string id = AnyId();
        return TryAsync($"restart {id}", () => world.RestartAppAsync(id, force: Maybe()));
    }

    private Task CancelAsync()
    {
        if (world.State.Deployments is not [var deployment, ..])
        {
            return Task.CompletedTask;
        }

        bool force = Maybe(3);
        IsMixed |= force;
        return TryAsync($"cancel force {force}", () => world.Cluster.CancelAsync(deployment.Id, force, TestContext.Current.CancellationToken));
    }

    private Task KillAsync()
    {
        string[] ids = [.. world.State.Instances.Keys.Where(_ => Maybe(3))];
        var request = new KillRequest(ids, Scale: Maybe(3), Wipe: Maybe(3), Force: Maybe());
        return TryAsync($"kill {ids.Length} scale {request.Scale}", () => world.Cluster.KillAsync(request, TestContext.Current.CancellationToken));
    }

    private Task RunAsync()
    {
        Tell("run");
        foreach (AgentTask task in world.Agent.Tasks.Where(_ => Maybe()))
        {
            world.Agent.Run(task.TaskId);
        }

        return Task.CompletedTask;
    }

    private Task EndAsync()
    {
        TaskState[] ends = [TaskState.Failed, TaskState.Finished, TaskState.Lost, TaskState.Killed, TaskState.Error];
        Tell("end");
        foreach (AgentTask task in world.Agent.Tasks.Where(_ => Maybe(3)))
        {
            world.Agent.End(task.TaskId, ends[_random.Next(ends.Length)]);
        }

        return Task.CompletedTask;
    }

    private async Task ProbeAsync()
    {
        Tell("probe");
        foreach (string id in world.State.Instances.Keys.Order().ToArray())
        {
            await world.ProbeAsync(id, isAlive: _random.Next(4) > 0);
        }
    }

    private Task WaitAsync()
    {
        int seconds = _random.Next(20);
        Tell($"wait {seconds}");
        world.Time.Advance(TimeSpan.FromSeconds(seconds));
        return Task.CompletedTask;
    }

    private Task MoodAsync()
    {
        world.Agent.RunsAtOnce = Maybe();
        world.Agent.KillsAtOnce = Maybe();
        Tell($"mood {world.Agent.RunsAtOnce} {world.Agent.KillsAtOnce}");
        return Task.CompletedTask;
    }

    private Task RestartAsync()
    {
        Tell("restart the cluster");
        return world.RestartAsync();
    }

    // What is on the disk ends anywhere.
    private async Task CrashAsync()
    {
        await world.Cluster.DisposeAsync();
        string journal = Directory.EnumerateFiles(world.Directory, "journal.*").MaxBy(static path => int.Parse(path.Split('.')[^1]))!;
        using (FileStream file = File.OpenWrite(journal))
        {
            long cut = _random.NextInt64(Math.Min(file.Length, Maybe() ? 100 : 5000) + 1);
            Tell($"crash {cut} of {file.Length}");
            file.SetLength(file.Length - cut);
        }

        await world.BeginAsync();
    }

    private async Task TryAsync(string what, Func<Task> act)
    {
        try
        {
            await act();
            Tell(what);
        }
        catch (RefusedException e)
        {
            Tell($"{what} ({e.Refusal})");
        }
    }
}
