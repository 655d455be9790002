using System.Diagnostics;
using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Base of cmdlets that change apps which are named: each is changed as it comes, and all are waited for at the end.</summary>
public abstract class ChangedAppCmdlet : RolloutCmdlet
{
    private const int MaxFailures = 3;

    private readonly List<(string Id, DeploymentResult Deployment, long Begun)> _changed = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AppId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AppIdCompleter))]
    public string[] Id { get; set => field = value ?? []; } = [];

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override object? ErrorTarget => Id;

    /// <summary>What is about to be done, after "What if".</summary>
    private protected abstract string Action { get; }

    private protected abstract Task<DeploymentResult> ChangeAsync(string id, bool force, CancellationToken cancellationToken);

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string id in Id.Select(AppPatterns.Absolute))
        {
            await AttemptAsync(id, async () =>
            {
                if (ShouldProcess(id, Action))
                {
                    long begun = Stopwatch.GetTimestamp();
                    DeploymentResult deployment = await UnlockedAsync(force => ChangeAsync(id, force, cancellationToken), cancellationToken);
                    Take(id, deployment, begun);
                }
            });
        }
    }

    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach ((string id, DeploymentResult deployment, long begun) in _changed)
        {
            await AttemptAsync(id, async () =>
            {
                App? now = await AwaitAsync(id, deployment, cancellationToken);
                Put(id, deployment, now, Stopwatch.GetElapsedTime(begun));
            });
        }
    }

    /// <returns>The app as it has become; null: it is gone, as it should be.</returns>
    private protected virtual async Task<App?> AwaitAsync(string id, DeploymentResult deployment, CancellationToken cancellationToken)
        => await WaitForAsync(id, deployment, MaxFailures, cancellationToken);

    private void Take(string id, DeploymentResult deployment, long begun)
    {
        if (Wait)
        {
            _changed.Add((id, deployment, begun));
        }
        else
        {
            Put(id, deployment, null, null);
        }
    }

    private void Put(string id, DeploymentResult deployment, App? now, TimeSpan? time)
    {
        if (PassThru)
        {
            WriteObject(new ChangedApp
            {
                Id = id,
                Version = deployment.Version,
                DeploymentId = deployment.DeploymentId,
                Ready = now is null ? null : AppStanding.Of(now).Ready,
                Instances = now?.Instances,
                Seconds = time is { } taken ? Math.Round(taken.TotalSeconds, 1) : null,
            });
        }
    }
}
