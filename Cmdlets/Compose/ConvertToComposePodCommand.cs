using System.Management.Automation;
using MesosDocker.Compose;
using MesosDocker.Conversion;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Makes compose projects of apps, groups and pods of Marathon, and tells what of them is lost.</summary>
[Cmdlet(VerbsData.ConvertTo, "ComposePod")]
[OutputType(typeof(ComposePod), typeof(string))]
public sealed class ConvertToComposePodCommand : AsyncCmdlet
{
    // By the group that they are in; each is a project, once nothing more can come.
    private readonly OrderedDictionary<string, List<App>> _apps = [];

    private LossReport _report = null!;
    private ProjectReturn _conversion = null!;

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("App")]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProjectName { get; set; }

    [Parameter]
    public SwitchParameter AsText { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LossVariable { get; set; }

    [Parameter]
    public SwitchParameter Strict { get; set; }

    protected override object? ErrorTarget => InputObject?.BaseObject;

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _report = new LossReport(this, LossVariable, Strict);
        _report.Begin();
        string location = SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        _conversion = new ProjectReturn(Adapters.Yaml(), new ReturnOptions { ProjectName = ProjectName, Directory = location });
        return Task.CompletedTask;
    }

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        switch (InputObject?.BaseObject)
        {
            case Pod pod:
                Write(_conversion.OfPod(pod), pod.Id);
                break;

            case Group group:
                foreach (Converted<ComposePod> project in _conversion.OfGroup(group))
                {
                    Write(project, group.Id);
                }

                break;

            default:
                foreach (App app in AppInput.Of(InputObject))
                {
                    Take(app);
                }

                break;
        }

        return Task.CompletedTask;
    }

    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        foreach ((string group, List<App> apps) in _apps)
        {
            await AttemptAsync(apps.Count == 1 ? apps[0] : apps, () =>
            {
                Write(_conversion.OfApps(group, apps), group);
                return Task.CompletedTask;
            });
        }
    }

    private void Take(App app)
    {
        if (ProjectReturn.IsPod(app))
        {
            Write(_conversion.OfPodApp(app), app.Id);
            return;
        }

        string group = ProjectReturn.GroupOf(app);
        _apps.TryAdd(group, []);
        _apps[group].Add(app);
    }

    private void Write(Converted<ComposePod> converted, string? from)
    {
        ComposePod pod = _report.Take(converted, from ?? converted.Result.Name);
        WriteObject(AsText ? _conversion.Text(pod).TrimEnd() : pod);
    }
}
