using MesosDocker.Docker;

namespace MesosDocker.Containerizer;

/// <summary>
/// The engine's own log of a container: bounded, and only there so that a supervisor that takes over can fill a gap. The driver
/// <c>local</c> keeps bytes as they are, which <c>json-file</c> does not.
/// </summary>
internal static class EngineLog
{
    public static readonly LogConfig Config = new()
    {
        Type = "local",
        Config = new Dictionary<string, string> { ["max-size"] = "10m", ["max-file"] = "2", ["compress"] = "false" },
    };
}
