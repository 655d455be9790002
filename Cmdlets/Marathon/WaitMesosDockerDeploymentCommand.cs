using System.Globalization;
using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Waits until deployments are over.</summary>
[Cmdlet(VerbsLifecycle.Wait, "MesosDockerDeployment")]
[OutputType(typeof(Deployment))]
public sealed class WaitMesosDockerDeploymentCommand : MarathonCmdlet
{
    private readonly List<string> _ids = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DeploymentId")]
    [AllowEmptyCollection]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(DeploymentIdCompleter))]
    public string?[]? Id { get; set; } = [];

    [Parameter]
    [ValidateRange(1, 7 * 24 * 3600)]
    public int TimeoutSeconds { get; set; } = 300;

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    // What was published without a change has no deployment.
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        _ids.AddRange((Id ?? []).OfType<string>().Where(static id => id.Length > 0));
        return Task.CompletedTask;
    }

    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        long begun = Environment.TickCount64;
        foreach (string id in _ids)
        {
            await AttemptAsync(id, () => WaitAsync(id, TimeSpan.FromSeconds(TimeoutSeconds) - TimeSpan.FromMilliseconds(Environment.TickCount64 - begun), cancellationToken));
        }
    }

    private async Task WaitAsync(string id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var bar = new ProgressBar(this, $"Deployment {id}");
        var last = new Deployment { Id = id };
        await new Rollout(Client).WaitForDeploymentAsync(id, timeout, new Progress<Deployment>(now =>
        {
            last = now;
            bar.Show(
                string.Create(CultureInfo.InvariantCulture, $"Step {now.CurrentStep} of {now.TotalSteps}: {Display.Actions(now)}"),
                now is { CurrentStep: { } step, TotalSteps: > 0 and var steps } ? (step - 1) / (double)steps : null);
        }), cancellationToken);
        if (PassThru)
        {
            WriteObject(last);
        }
    }
}
