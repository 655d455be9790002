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

    /// <summary>The app shall be gone.</summary>
    private protected virtual bool IsRemoval => false;

    private protected abstract Task<DeploymentResult> ChangeAsync(string id, bool force, CancellationToken cancellationToken);

    /// <summary>What would be wrong, where it is only said what would be done.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/></exception>
    private protected virtual async Task PreviewAsync(string id, CancellationToken cancellationToken)
    {
        if (await Client.FindAppAsync(id, cancellationToken) is null)
        {
            throw new MesosDockerException(Fault.AppNotFound, $"There is no app '{id}'. Get-MesosDockerApp lists those that are there.");
        }
    }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string id in Id.Select(AppPatterns.Absolute))
        {
            await AttemptAsync(id, async () =>
            {
                if (IsWhatIf)
                {
                    await PreviewAsync(id, cancellationToken);
                }

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
                IReadOnlyList<WaitProgress> ends = await WaitForAsync(
                    $"{Action} {id}", WaitTarget.Of(id, deployment) with { IsRemoval = IsRemoval }, MaxFailures, tellsWhatStays: true, cancellationToken);
                Put(id, deployment, ends is [var end, ..] ? end : null, Stopwatch.GetElapsedTime(begun));
            });
            Begun.Finish(id);
        }
    }

    private void Take(string id, DeploymentResult deployment, long begun)
    {
        if (Wait)
        {
            _changed.Add((id, deployment, begun));
            Begun.Begin(id, deployment.DeploymentId);
        }
        else
        {
            Put(id, deployment, null, null);
        }
    }

    private void Put(string id, DeploymentResult deployment, WaitProgress? now, TimeSpan? time)
    {
        if (PassThru)
        {
            WriteObject(new ChangedApp
            {
                Id = id,
                Version = deployment.Version,
                DeploymentId = deployment.DeploymentId,
                Healthy = now?.Healthy,
                Instances = now?.Wanted,
                Seconds = time is { } taken ? Math.Round(taken.TotalSeconds, 1) : null,
            });
        }
    }
}
