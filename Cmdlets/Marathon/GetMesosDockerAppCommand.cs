using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Lists the apps of a Marathon.</summary>
[Cmdlet(VerbsCommon.Get, "MesosDockerApp")]
[OutputType(typeof(App))]
public sealed class GetMesosDockerAppCommand : MarathonCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AppId")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AppIdCompleter))]
    public string[] Id { get; set => field = value ?? []; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Label { get; set; }

    [Parameter]
    public SwitchParameter WithTasks { get; set; }

    protected override object? ErrorTarget => Id;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string[] exact = Label is null ? [.. Id.Where(static id => !AppPatterns.IsPattern(id))] : [];
        foreach (string id in exact)
        {
            await AttemptAsync(id, async () => WriteObject(await Client.FindAppAsync(AppPatterns.Absolute(id), cancellationToken)
                ?? throw new MesosDockerException(Fault.AppNotFound, $"There is no app '{AppPatterns.Absolute(id)}'. Get-MesosDockerApp lists those that are there.")));
        }

        string[] patterns = [.. Id.Except(exact)];
        if (patterns.Length == 0 && Id.Length > 0)
        {
            return;
        }

        Func<string?, bool> isWanted = AppPatterns.MatchIds(patterns);
        await foreach (App app in Client.ListAppsAsync(new AppQuery { Label = Label, WithTasks = WithTasks }, cancellationToken))
        {
            if (isWanted(app.Id))
            {
                WriteObject(app);
            }
        }
    }
}
