using System.Management.Automation;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Removes what is left of containers that are over.</summary>
[Cmdlet(VerbsCommon.Clear, "ContainerizerState", SupportsShouldProcess = true)]
[OutputType(typeof(ContainerView))]
public sealed class ClearContainerizerStateCommand : ContainerizerCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    public string[] ContainerId { get; set => field = value ?? []; } = [];

    [Parameter]
    public DateTimeOffset? Before { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override object? ErrorTarget => ContainerId;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        LocalContainerizer local = OpenLocal();
        IReadOnlyList<ContainerView> views = local.Containers();
        var wanted = new ContainerPatterns(ContainerId);
        foreach (ContainerView view in views.Where(view => wanted.Matches(view.ContainerId) && (Before is not { } time || view.IsFromBefore(time))))
        {
            await AttemptAsync(view.ContainerId, () => ClearAsync(local, view, named: wanted.Names(view.ContainerId), cancellationToken));
        }

        foreach ((string name, MesosDockerException error) in wanted.Missing(views.Select(static view => view.ContainerId), local.StateRoot))
        {
            WriteError(ErrorRecords.From(error, name));
        }
    }

    private async Task ClearAsync(LocalContainerizer local, ContainerView view, bool named, CancellationToken cancellationToken)
    {
        if (view.Stale)
        {
            if (ShouldProcess(view.ContainerId, "Remove the state of the container") && local.TryRemove(view.ContainerId) && PassThru)
            {
                WriteObject(view);
            }
        }
        else if (view is { Termination: not null, Supervisor: null })
        {
            // Its supervisor was killed before it had cleaned up. Another one does; the state is stale then.
            if (ShouldProcess(view.ContainerId, "Remove what is left of the container at the Docker engine"))
            {
                await OpenProgram().CallAsync(HookRequest.Of(HookVerb.Destroy, Mesos.ContainerId.Parse(view.ContainerId)), cancellationToken);
            }
        }
        else if (named)
        {
            throw new MesosDockerException(
                Fault.ContainerNotEnded, $"The container '{view.ContainerId}' is not over ({view.Phase}). End it with 'Invoke-Containerizer destroy'.");
        }
    }
}
