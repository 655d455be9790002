using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Waits until deployments are done, and their apps are what they should be.</summary>
[Cmdlet(VerbsLifecycle.Wait, "MesosDockerDeployment")]
[OutputType(typeof(Deployment))]
public sealed class WaitMesosDockerDeploymentCommand : MarathonCmdlet
{
    private readonly List<string> _ids = [];

    // What was published without a change has no deployment.
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [AllowEmptyCollection]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DeploymentIdCompleter))]
    public string?[]? DeploymentId { get; set; } = [];

    [Parameter]
    [ValidateRange(1, 7 * 24 * 3600)]
    public int TimeoutSeconds { get; set; } = 300;

    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int MaxFailures { get; set; } = 3;

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        _ids.AddRange((DeploymentId ?? []).OfType<string>().Where(static id => id.Length > 0));
        return Task.CompletedTask;
    }

    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        long begun = Environment.TickCount64;
        foreach (string id in _ids)
        {
            TimeSpan left = TimeSpan.FromSeconds(TimeoutSeconds) - TimeSpan.FromMilliseconds(Environment.TickCount64 - begun);
            await AttemptAsync(id, () => WaitAsync(id, left, cancellationToken));
        }
    }

    private async Task WaitAsync(string id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        IReadOnlyList<Deployment> all = await Client.ListDeploymentsAsync(cancellationToken);
        if (all.FirstOrDefault(one => one.Id == id) is not { } deployment)
        {
            WriteVerbose($"The deployment '{id}' is not listed: it is over. There is nothing to wait for.");
            return;
        }

        var target = new WaitTarget { Apps = deployment.AffectedApps ?? [], DeploymentId = id, Version = deployment.Version, IsRemoval = IsRemoval(deployment) };
        await WaitBar.FollowAsync(
            this, Client, $"Deployment {id}", target, new WaitOptions { Timeout = timeout, FailureLimit = MaxFailures }, tellsWhatStays: true, cancellationToken);
        if (PassThru)
        {
            WriteObject(deployment);
        }
    }

    // A deployment that only ends apps is done when they are gone.
    private static bool IsRemoval(Deployment deployment)
        => (deployment.Steps ?? []).SelectMany(static step => step.Actions ?? []) is var actions
            && actions.Any() && actions.All(static action => action.Action == "StopApplication");
}
