using System.Diagnostics;
using System.Globalization;
using MesosDocker.Integration.Tests.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Integration.Tests.Containerizer;

/// <summary>Very many containers at once. The numbers are small in every run, and large in Tests/Benchmarks/many.sh.</summary>
public sealed class ManyTests(EngineFixture engine)
{
    private const int AtOnce = 50;

    [Fact]
    public async Task ManyLaunches_HaveTheirTrueStatuses()
    {
        int count = Number("MESOS_DOCKER_TEST_LAUNCHES", 100);
        await using var hook = new HookFixture(engine);
        using var slots = new SemaphoreSlim(AtOnce);
        long began = Stopwatch.GetTimestamp();

        (int Wanted, int? Got, string Message)[] all = await Task.WhenAll(Enumerable.Range(0, count).Select(async number =>
        {
            await slots.WaitAsync();
            try
            {
                // Some end at once, some after a while.
                int code = number % 100;
                Launch launch = hook.Executor($"sleep {(number % 4 == 0 ? 2 : 0)}; exit {code}");
                Assert.Equal(0, (await hook.LaunchAsync(launch)).Status);
                Termination end = await hook.WaitAsync(launch.ContainerId);
                return (code << 8, end.Status?.Word, end.Message);
            }
            finally
            {
                slots.Release();
            }
        }));

        TestContext.Current.TestOutputHelper?.WriteLine($"{count} launches, {AtOnce} at a time: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        Assert.All(all, static one => Assert.True(one.Wanted == one.Got, $"{one.Wanted} became {one.Got}: {one.Message}"));
        Assert.Empty(await hook.ContainersAsync());
    }

    [Fact]
    public async Task ManyContainers_AreHeldAtOnce_AndEndedRight()
    {
        int count = Number("MESOS_DOCKER_TEST_HELD", 20);
        await using var hook = new HookFixture(engine);
        hook.Environment_["MESOS_DOCKER_CONTAINERS_GRACE_SECONDS"] = "60";
        Launch[] launches = [.. Enumerable.Range(0, count).Select(_ => hook.Executor("trap 'exit 5' TERM; while :; do sleep 0.5 & wait $!; done"))];
        using var slots = new SemaphoreSlim(AtOnce / 2);
        await Task.WhenAll(launches.Select(async launch =>
        {
            await slots.WaitAsync();
            await hook.LaunchAsync(launch);
            await hook.RunningAsync(launch);
            slots.Release();
        }));
        Task<Termination>[] waits = [.. launches.Select(launch => hook.WaitAsync(launch.ContainerId))];
        await HookFixture.UntilAsync(() => hook.CallsOf("wait").Count == count, "every wait");
        Assert.Equal(count, (await hook.ContainersAsync()).Count);

        // Measured when what starting took has been given back, which is after a few seconds; nothing is asserted of it here.
        if (Environment.GetEnvironmentVariable("MESOS_DOCKER_TEST_HELD") is not null)
        {
            await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
            long kilobytes = HookFixture.PidsOf(hook.StateRoot).Concat(hook.CallsOf("wait")).Sum(HookFixture.ProportionalKilobytes);
            TestContext.Current.TestOutputHelper?.WriteLine($"{count} containers held: {kilobytes / count} kB a container, supervisor and wait, proportional");
        }

        HookResult[] destroyed = await Task.WhenAll(launches.Select(launch => hook.DestroyAsync(launch.ContainerId)));
        Termination[] ends = await Task.WhenAll(waits);

        Assert.All(destroyed, static result => Assert.Equal(0, result.Status));
        Assert.All(ends, static end => Assert.Equal((TaskState.Killed, 5 << 8), (end.State, end.Status?.Word)));
        Assert.Empty(await hook.ContainersAsync());
    }

    private static int Number(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
