using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Lists the tasks of apps.</summary>
[Cmdlet(VerbsCommon.Get, "MesosDockerTask")]
[OutputType(typeof(AppTask))]
public sealed class GetMesosDockerTaskCommand : MarathonCmdlet
{
    private readonly HashSet<string> _found = new(StringComparer.OrdinalIgnoreCase);

    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AppIdCompleter))]
    public PSObject[] AppId { get; set => field = value ?? []; } = [];

    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    public string[] Id { get; set => field = value ?? []; } = [];

    protected override object? ErrorTarget => AppId;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string[] apps = [.. AppId.Select(AppName.Of)];
        Func<string?, bool> isWanted = AppPatterns.Match(Id);
        foreach (string id in apps.Where(static id => !AppPatterns.IsPattern(id)))
        {
            await AttemptAsync(id, async () => Write(await Client.ListTasksAsync(id, cancellationToken), isWanted));
        }

        string[] patterns = [.. apps.Where(AppPatterns.IsPattern)];
        if (patterns.Length > 0 || apps.Length == 0)
        {
            Func<string?, bool> isOfApp = AppPatterns.MatchIds(patterns);
            Write((await Client.ListTasksAsync(null, cancellationToken)).Where(task => isOfApp(task.AppId)), isWanted);
        }
    }

    private void Write(IEnumerable<AppTask> tasks, Func<string?, bool> isWanted)
    {
        foreach (AppTask task in tasks.Where(task => isWanted(task.Id)))
        {
            _found.Add(task.Id ?? "");
            WriteObject(task);
        }
    }

    protected override Task EndAsync(CancellationToken cancellationToken)
    {
        foreach (string missing in Id.Where(id => !AppPatterns.IsPattern(id) && !_found.Contains(id)))
        {
            WriteError(ErrorRecords.From(
                new MesosDockerException(Fault.TaskNotFound, $"There is no task '{missing}'. Get-MesosDockerTask lists those that are there."), missing));
        }

        return Task.CompletedTask;
    }
}
