using System.Diagnostics;
using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Creates apps, or brings them to what is wanted.</summary>
[Cmdlet(VerbsData.Publish, "MesosDockerApp", SupportsShouldProcess = true)]
[OutputType(typeof(PublishedApp))]
public sealed class PublishMesosDockerAppCommand : RolloutCmdlet
{
    private readonly List<(AppChange Change, DeploymentResult? Deployment, long Begun)> _published = [];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject?[]? InputObject { get; set; } = [];

    [Parameter]
    public SwitchParameter Patch { get; set; }

    [Parameter]
    public SwitchParameter RollbackOnFailure { get; set; }

    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int MaxFailures { get; set; } = 3;

    protected override object? ErrorTarget => InputObject is [var only] ? only?.BaseObject : InputObject;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (PSObject? input in InputObject ?? [null])
        {
            await AttemptAsync(input?.BaseObject, async () =>
            {
                foreach (App app in AppInput.Of(input))
                {
                    await AttemptAsync(app, () => PublishAsync(app, cancellationToken));
                }
            });
        }
    }

    // All were sent before the first is waited for: they come up side by side.
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach ((AppChange change, DeploymentResult? deployment, long begun) in _published)
        {
            await AttemptAsync(change.App, async () =>
            {
                WaitProgress? end = await WaitAsync(change, deployment, cancellationToken);
                WriteObject(Result(change, deployment) with
                {
                    Healthy = end?.Healthy,
                    Seconds = Math.Round(Stopwatch.GetElapsedTime(begun).TotalSeconds, 1),
                });
            });
            Begun.Finish(change.Id);
        }
    }

    private async Task PublishAsync(App app, CancellationToken cancellationToken)
    {
        var publisher = new AppPublisher(Client);
        AppChange change = await publisher.PlanAsync(app, Patch, cancellationToken);
        long begun = Stopwatch.GetTimestamp();
        DeploymentResult? deployment = null;
        if (change.Action == AppAction.None)
        {
            WriteVerbose($"{change.Id} is as it is wanted; nothing is sent.");
        }
        else if (!ShouldProcess(change.Id, $"{change.Action} app{Differences(change)}"))
        {
            return;
        }
        else
        {
            deployment = await UnlockedAsync(force => publisher.ApplyAsync(change, Patch, force, cancellationToken), cancellationToken);
        }

        if (Wait)
        {
            _published.Add((change, deployment, begun));
            Begun.Begin(change.Id, deployment?.DeploymentId);
        }
        else
        {
            WriteObject(Result(change, deployment));
        }
    }

    private async Task<WaitProgress?> WaitAsync(AppChange change, DeploymentResult? deployment, CancellationToken cancellationToken)
    {
        var target = WaitTarget.Of(change.Id, deployment ?? new DeploymentResult());
        bool canRollBack = RollbackOnFailure && deployment is not null;
        try
        {
            IReadOnlyList<WaitProgress> ends = await WaitForAsync(
                $"Deploy {change.Id}", target, MaxFailures, tellsWhatStays: !canRollBack, cancellationToken);
            return ends is [var end, ..] ? end : null;
        }
        catch (MesosDockerException e) when (canRollBack && e.Fault is Fault.DeploymentFailed or Fault.DeploymentTimedOut)
        {
            throw new MesosDockerException(e.Fault, $"{e.Message} {await RollBackAsync(change, deployment!, cancellationToken)}", e);
        }
    }

    private async Task<string> RollBackAsync(AppChange change, DeploymentResult deployment, CancellationToken cancellationToken)
    {
        WriteWarning($"The deployment of {change.Id} failed, and is rolled back.");
        bool wasThere = change.Before is not null;
        DeploymentResult back = await new AppPublisher(Client).RollBackAsync(change, deployment, cancellationToken);
        Begun.Begin(change.Id, back.DeploymentId);
        var target = new WaitTarget { Apps = [change.Id], DeploymentId = back.DeploymentId, IsRemoval = !wasThere };
        await WaitForAsync($"Roll {change.Id} back", target, 0, tellsWhatStays: true, cancellationToken);
        return wasThere ? $"It was rolled back to version {change.Before!.Version}." : "It was taken away again.";
    }

    private static PublishedApp Result(AppChange change, DeploymentResult? deployment) => new()
    {
        Id = change.Id,
        Action = change.Action,
        Version = deployment?.Version,
        DeploymentId = deployment?.DeploymentId,
        Instances = change.App.Instances ?? change.Before?.Instances ?? 1,
    };

    private static string Differences(AppChange change)
        => change.Differences.Count == 0 ? "" : $" ({string.Join("; ", change.Differences.Select(static one => Display.Text(one.ToString())))})";
}
