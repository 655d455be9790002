using System.Management.Automation;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Shows the containers that the containerizer knows.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerizerState")]
[OutputType(typeof(ContainerView))]
public sealed class GetContainerizerStateCommand : ContainerizerCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    public string[] ContainerId { get; set => field = value ?? []; } = [];

    [Parameter]
    public SwitchParameter Stale { get; set; }

    [Parameter]
    public DateTimeOffset? Before { get; set; }

    protected override object? ErrorTarget => ContainerId;

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        LocalContainerizer local = OpenLocal();
        IReadOnlyList<ContainerView> views = local.Containers();
        var wanted = new ContainerPatterns(ContainerId);
        foreach (ContainerView view in views.Where(view => wanted.Matches(view.ContainerId)))
        {
            if ((!Stale || view.Stale) && (Before is not { } time || view.IsFromBefore(time)))
            {
                WriteObject(view);
            }
        }

        foreach ((string name, MesosDockerException error) in wanted.Missing(views.Select(static view => view.ContainerId), local.StateRoot))
        {
            WriteError(ErrorRecords.From(error, name));
        }

        return Task.CompletedTask;
    }
}
