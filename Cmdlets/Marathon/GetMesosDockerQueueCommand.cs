using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Says what waits for a machine, why, and what would help.</summary>
[Cmdlet(VerbsCommon.Get, "MesosDockerQueue")]
[OutputType(typeof(QueueExplanation))]
public sealed class GetMesosDockerQueueCommand : MarathonCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AppIdCompleter))]
    public string[] AppId { get; set => field = value ?? []; } = [];

    protected override object? ErrorTarget => AppId;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        Func<string?, bool> isWanted = AppPatterns.MatchIds(AppId);
        foreach (QueueExplanation waiting in (await Client.ListQueueAsync(cancellationToken)).Select(QueueExplanation.Of))
        {
            if (isWanted(waiting.Id))
            {
                WriteObject(waiting);
            }
        }
    }
}
