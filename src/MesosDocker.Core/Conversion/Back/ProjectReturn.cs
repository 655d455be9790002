using MesosDocker.Compose;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>Definitions of Marathon as compose projects: written as files of the current specification, and read again, so that whoever
/// gets one has what anybody gets who reads that file.</summary>
public sealed class ProjectReturn(IYaml yaml, ReturnOptions options)
{
    private const string FileName = "compose.yaml";

    /// <summary>It carries a project as a whole, rather than being one of its services.</summary>
    public static bool IsPod(App app) => FilesOfPodApp.Is(app);

    /// <summary>The group that an app is in.</summary>
    public static string GroupOf(App app) => PathId.Parent(PathId.Absolute(app.Id ?? ""));

    /// <summary>The project that an app of the pod executor carries.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: it does not carry its files, or they are no compose project.</exception>
    public Converted<ComposePod> OfPodApp(App app) => FilesOfPodApp.Read(app, yaml, options);

    /// <summary>Apps that run images, each a service.</summary>
    /// <param name="group">In which they are; from the root on.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: one of them runs no image; <see cref="Fault.UsageInvalid"/>: the
    /// name is none for a project.</exception>
    public Converted<ComposePod> OfApps(string group, IReadOnlyList<App> apps) => Read(ProjectOfApps.Of(group, apps, options.ProjectName));

    /// <summary>All apps of a group, and of the groups in it: those that run images as one project, each that is a pod as its own.</summary>
    /// <exception cref="MesosDockerException">As <see cref="OfApps"/> and <see cref="OfPodApp"/>.</exception>
    public IEnumerable<Converted<ComposePod>> OfGroup(Group group)
    {
        IReadOnlyList<App> apps = ProjectOfApps.AppsOf(group);
        App[] services = [.. apps.Where(static app => !IsPod(app))];
        IReadOnlyList<ConversionLoss> losses = ProjectOfApps.LossesOf(group);
        if (apps.Count == 0)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"The group '{group.Id}' has no apps, of which a project could be made.");
        }

        if (services.Length > 0)
        {
            Converted<ComposePod> converted = OfApps(PathId.Absolute(group.Id ?? ""), services);
            yield return converted with { Losses = [.. converted.Losses, .. losses] };
        }

        foreach (App pod in apps.Where(IsPod))
        {
            yield return OfPodApp(pod);
        }
    }

    /// <summary>A pod of Marathon.</summary>
    /// <inheritdoc cref="OfApps"/>
    public Converted<ComposePod> OfPod(Pod pod) => Read(ProjectOfPod.Of(pod, options.ProjectName));

    /// <summary>A project as one file that needs no other, and no variable: its own where it is such a one.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/>: the pod has lost its project.</exception>
    public string Text(ComposePod pod)
    {
        ComposeProject project = ServiceCase.ProjectOf(pod);
        return project is { Files: [var only], Inputs: { Companions: [], Variables.Count: 0, Profiles: [] } }
            ? only.Text
            : Write(project.Document.Without("name").With("name", Made.Text(pod.Name)));
    }

    private Converted<ComposePod> Read(Converted<ProjectDraft> converted)
    {
        ComposeProject project = new ComposeReader(yaml, ComposeFilesInMemory.None).Read(new ComposeRequest
        {
            Files = [new DocumentText(FileName, Write(converted.Result.Document))],
            Directory = options.Directory,
        });
        return new Converted<ComposePod>(PodResources.Measure(project, options.Measure), converted.Losses);
    }

    private string Write(SourceMap document) => yaml.Write([JsonDocuments.ToJson(TreeEscape.Escape(document))]);
}
