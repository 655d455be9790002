using System.Management.Automation;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Shows who holds which lock of a container.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerizerLock")]
[OutputType(typeof(LockView))]
public sealed class GetContainerizerLockCommand : ContainerizerCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    public string[] ContainerId { get; set => field = value ?? []; } = [];

    [Parameter]
    public SwitchParameter Held { get; set; }

    protected override object? ErrorTarget => ContainerId;

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        LocalContainerizer local = OpenLocal();
        IReadOnlyList<LockView> locks = local.Locks();
        var wanted = new ContainerPatterns(ContainerId);
        foreach (LockView found in locks.Where(found => wanted.Matches(found.ContainerId) && (!Held || found.Held)))
        {
            WriteObject(found);
        }

        foreach ((string name, MesosDockerException error) in wanted.Missing(locks.Select(static found => found.ContainerId), local.StateRoot))
        {
            WriteError(ErrorRecords.From(error, name));
        }

        return Task.CompletedTask;
    }
}
