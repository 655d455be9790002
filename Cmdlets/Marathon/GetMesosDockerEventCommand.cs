using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Shows what happens in a Marathon, as it happens.</summary>
[Cmdlet(VerbsCommon.Get, "MesosDockerEvent")]
[OutputType(typeof(MarathonEvent))]
public sealed class GetMesosDockerEventCommand : MarathonCmdlet
{
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(EventTypeCompleter))]
    public string[] Type { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Id")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AppIdCompleter))]
    public string[] AppId { get; set => field = value ?? []; } = [];

    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int? TimeoutSeconds { get; set; }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (TimeoutSeconds is { } seconds)
        {
            limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        }

        try
        {
            await WatchAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time that was given is over, as was wanted.
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        string[] exact = Type.Any(AppPatterns.IsPattern) ? [] : Type;
        Func<string?, bool> isType = AppPatterns.Match(Type);
        Func<string?, bool> isApp = AppPatterns.MatchIds(AppId);
        await foreach (MarathonNews news in Client.WatchAsync(exact, cancellationToken))
        {
            if (news.Event is not { } happened)
            {
                WriteVerbose("The stream of events has begun; what happened before, or while it was interrupted, is not in it.");
            }
            else if (isType(happened.EventType) && (AppId.Length == 0 || isApp(happened.AppId ?? happened.RunSpecId) || happened.Plan?.AffectedApps?.Any(isApp) == true))
            {
                WriteObject(happened);
            }
        }
    }
}
