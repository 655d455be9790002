using MesosDocker.Docker;
using MesosDocker.TestKit.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>Clients of fake engines.</summary>
internal static class Engines
{
    public static readonly IReadOnlyDictionary<string, string> NoEnvironment = new Dictionary<string, string>();

    // Long enough never to pass in a test that goes well.
    private static readonly EngineTimeouts s_patient = new()
    {
        Connect = TimeSpan.FromMinutes(1),
        Quick = TimeSpan.FromMinutes(1),
        Slow = TimeSpan.FromMinutes(1),
    };

    /// <summary>For tests in which the engine never answers.</summary>
    public static EngineTimeouts Impatient { get; } = new()
    {
        Connect = TimeSpan.FromMilliseconds(200),
        Quick = TimeSpan.FromMilliseconds(200),
        Slow = TimeSpan.FromMilliseconds(200),
    };

    public static DockerEngine Client(this FakeEngine engine, EngineTimeouts? timeouts = null) => At(timeouts, engine.Host);

    public static DockerEngine At(EngineTimeouts? timeouts, params string[] hosts)
        => new(EngineAddress.Resolve(new EngineOptions { Hosts = hosts }, NoEnvironment), timeouts ?? s_patient);

    public static async Task<MesosDockerException> FailsAsync(Fault fault, Func<Task> act)
    {
        MesosDockerException e = await Assert.ThrowsAsync<MesosDockerException>(act);
        Assert.True(e.Fault == fault, $"expected {fault}, got {e.Fault}: {e}");
        return e;
    }

    public static MesosDockerException Fails(Fault fault, Action act)
    {
        var e = Assert.Throws<MesosDockerException>(act);
        Assert.True(e.Fault == fault, $"expected {fault}, got {e.Fault}: {e}");
        return e;
    }
}
