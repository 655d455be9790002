using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Lists the groups of a Marathon.</summary>
[Cmdlet(VerbsCommon.Get, "MesosDockerGroup")]
[OutputType(typeof(Group))]
public sealed class GetMesosDockerGroupCommand : MarathonCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(GroupIdCompleter))]
    public string[] Id { get; set => field = value ?? []; } = [];

    protected override object? ErrorTarget => Id;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string id in Id.Where(static id => !AppPatterns.IsPattern(id)))
        {
            await AttemptAsync(id, async () => WriteObject(await Client.FindGroupAsync(AppPatterns.Absolute(id), cancellationToken)
                ?? throw new MesosDockerException(Fault.AppNotFound, $"There is no group '{AppPatterns.Absolute(id)}'. Get-MesosDockerGroup lists those that are there.")));
        }

        string[] patterns = [.. Id.Where(AppPatterns.IsPattern)];
        if ((patterns.Length > 0 || Id.Length == 0) && await Client.FindGroupAsync("/", cancellationToken) is { } root)
        {
            Func<string?, bool> isWanted = AppPatterns.MatchIds(patterns);
            foreach (Group group in GroupTree.All(root).Where(group => isWanted(group.Id)))
            {
                WriteObject(group);
            }
        }
    }
}
