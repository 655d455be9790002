using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Shows what tasks wrote.</summary>
[Cmdlet(VerbsCommon.Get, "MesosDockerLog")]
[OutputType(typeof(LogLine))]
public sealed class GetMesosDockerLogCommand : MarathonCmdlet
{
    private readonly List<AppTask> _tasks = [];
    private IReadOnlyList<AppTask>? _known;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(AppIdCompleter))]
    public PSObject[] InputObject { get; set => field = value ?? []; } = [];

    [Parameter]
    [ValidateSet("stdout", "stderr")]
    public string[] Stream { get; set => field = value ?? []; } = ["stdout", "stderr"];

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    [Parameter]
    public SwitchParameter Follow { get; set; }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (PSObject input in InputObject)
        {
            await AttemptAsync(input.BaseObject, async () => _tasks.AddRange(await TasksOfAsync(input, cancellationToken)));
        }
    }

    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var query = new LineQuery { Tail = Tail, Follow = Follow, Poll = TimeSpan.FromMilliseconds(250) };
        AppTask[] tasks = [.. _tasks.DistinctBy(static task => task.Id)];
        if (tasks.Length == 0)
        {
            return;
        }

        await foreach (LogNews news in new TaskLogs(Client).ReadAsync(tasks, [.. Stream.Select(static name => name.ToLowerInvariant())], query, cancellationToken))
        {
            if (news.Line is { } line)
            {
                WriteObject(line);
            }
            else
            {
                WriteError(ErrorRecords.From(news.Failure!, news.TaskId));
            }
        }
    }

    private async Task<IReadOnlyList<AppTask>> TasksOfAsync(PSObject input, CancellationToken cancellationToken)
    {
        if (input.BaseObject is AppTask task)
        {
            return [task];
        }

        string name = input.BaseObject as string ?? AppName.Of(input);
        _known ??= await Client.ListTasksAsync(null, cancellationToken);
        Func<string?, bool> isApp = AppPatterns.MatchIds([name]);
        Func<string?, bool> isTask = AppPatterns.Match([name]);
        AppTask[] found = [.. _known.Where(one => isApp(one.AppId) || isTask(one.Id))];
        return found.Length > 0 || AppPatterns.IsPattern(name) ? found

            // One that has ended is listed nowhere; its agent may still know it.
            : name.Contains('.') ? [new AppTask { Id = name }]
            : await LastFailedAsync(AppPatterns.Absolute(name), cancellationToken) is { } failed ? [failed]
            : throw new MesosDockerException(
                Fault.TaskNotFound, $"There is no task of that name, and no app '{AppPatterns.Absolute(name)}' with tasks. Get-MesosDockerTask lists those that are there.");
    }

    // Of an app that fails, what one wants to read is why.
    private async Task<AppTask?> LastFailedAsync(string appId, CancellationToken cancellationToken)
        => await Client.FindAppAsync(appId, cancellationToken) is { LastTaskFailure: { TaskId: { } id } failure }
            ? new AppTask { Id = id, AppId = appId, Host = failure.Host, SlaveId = failure.SlaveId }
            : null;
}
