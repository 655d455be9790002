using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>What is known of a task only when it is launched. By default an example of it.</summary>
public sealed record ExampleTask
{
    /// <summary>The first of the ports that the agent offers; the others follow.</summary>
    public int FirstPort { get; init; } = 31000;

    public string Host { get; init; } = "agent.example";

    public string Sandbox { get; init; } = "/var/lib/mesos/sandbox";

    public string ContainerName { get; init; } = "mesos-example";

    /// <summary>What follows the app's name in the task's id.</summary>
    public string Suffix { get; init; } = "example";

    internal string IdFor(App app) => $"{string.Join('_', (app.Id ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries))}.{Suffix}";
}
