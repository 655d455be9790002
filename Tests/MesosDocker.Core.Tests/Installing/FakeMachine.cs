using System.Text;
using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Installing;

/// <summary>The files of a machine with a packaged agent, in a dictionary.</summary>
internal sealed class FakeMachine
{
    public static AgentKind Slave => AgentKind.All[0];

    public static AgentKind Agent => AgentKind.All[1];

    public Dictionary<string, string> Files { get; } = [];

    public Version? Version { get; set; } = new(1, 0, 4);

    public IReadOnlyList<AgentKind> Agents { get; set; } = [Slave];

    public IReadOnlyList<AgentKind> WithUnit { get; set; } = [Slave];

    public bool IsThisMachine { get; set; } = true;

    public string? Executor { get; set; } = "executor";

    public InstallationPlan Plan() => InstallationPlan.Create(new InstallationPlanInput
    {
        Agents = Agents,
        WithUnit = WithUnit,
        Version = Version,
        IsThisMachine = IsThisMachine,
        Read = path => Files.TryGetValue(path, out string? content) ? Encoding.Latin1.GetBytes(content) : null,
        Executable = "program"u8.ToArray(),
        ExecutableReason = "It runs.",
        Executor = Executor is null ? null : Encoding.Latin1.GetBytes(Executor),
    });

    /// <summary>Carries a plan out.</summary>
    public FakeMachine Install()
    {
        foreach (PlannedFile file in Plan().Files)
        {
            Files[file.Path] = Encoding.Latin1.GetString(file.After!);
        }

        return this;
    }
}
