using System.Management.Automation;

namespace MesosDocker.Commands;

/// <summary>Launches apps at once that wait because their tasks failed.</summary>
[Cmdlet(VerbsCommon.Reset, "MesosDockerQueue", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ResetMesosDockerQueueCommand : MarathonCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AppIdCompleter))]
    public string[] AppId { get; set => field = value ?? []; } = [];

    protected override object? ErrorTarget => AppId;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string id in AppId.Select(AppPatterns.Absolute))
        {
            await AttemptAsync(id, async () =>
            {
                if (IsWhatIf && await Client.FindAppAsync(id, cancellationToken) is null)
                {
                    throw new MesosDockerException(Fault.AppNotFound, $"There is no app '{id}'. Get-MesosDockerQueue lists those that wait.");
                }

                if (ShouldProcess(id, "Launch without delay"))
                {
                    await Client.ResetDelayAsync(id, cancellationToken);
                }
            });
        }
    }
}
