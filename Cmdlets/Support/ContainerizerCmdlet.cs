using System.Management.Automation;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Base of every cmdlet that works with a containerizer's state, in this process or through the executable.</summary>
public abstract class ContainerizerCmdlet : ConfiguredCmdlet
{
    [Parameter]
    [Alias("Root")]
    [ValidateNotNullOrEmpty]
    public string? StateRoot { get; set; }

    private protected LocalContainerizer OpenLocal() => new(Sources, FullPath(StateRoot));

    /// <summary>The module's own executable.</summary>
    private protected HookProgram OpenProgram() => new()
    {
        Path = Path.Combine(Path.GetDirectoryName(typeof(ContainerizerCmdlet).Assembly.Location)!, "linux-x64", "mesos-docker"),
        Environment = Sources.Environment,
        WorkingDirectory = CurrentDirectory,
        ConfigPath = FullPath(ConfigPath),
        StateRoot = FullPath(StateRoot),
    };
}
