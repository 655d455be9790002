using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Lists the deployments that are on their way.</summary>
[Cmdlet(VerbsCommon.Get, "MesosDockerDeployment")]
[OutputType(typeof(Deployment))]
public sealed class GetMesosDockerDeploymentCommand : MarathonCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(DeploymentIdCompleter))]
    public string[] Id { get; set => field = value ?? []; } = [];

    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AppIdCompleter))]
    public string[] AppId { get; set => field = value ?? []; } = [];

    protected override object? ErrorTarget => Id;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Deployment> all = await Client.ListDeploymentsAsync(cancellationToken);
        Func<string?, bool> isWanted = AppPatterns.Match(Id);
        Func<string?, bool> isOfApp = AppPatterns.MatchIds(AppId);
        foreach (Deployment deployment in all)
        {
            if (isWanted(deployment.Id) && (AppId.Length == 0 || deployment.AffectedApps?.Any(isOfApp) == true))
            {
                WriteObject(deployment);
            }
        }

        foreach (string missing in Id.Where(id => !AppPatterns.IsPattern(id) && all.All(one => !string.Equals(one.Id, id, StringComparison.OrdinalIgnoreCase))))
        {
            WriteError(ErrorRecords.From(
                new MesosDockerException(Fault.DeploymentNotFound, $"There is no deployment '{missing}'; one that is over is not listed."), missing));
        }
    }
}
