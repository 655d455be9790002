using System.Text;
using MesosDocker.Compose;
using MesosDocker.Fetching;
using MesosDocker.Io;
using MesosDocker.Marathon;
using MesosDocker.Pods;

namespace MesosDocker.Conversion;

/// <summary>The compose files that an app of the pod executor carries, as the project that they were.</summary>
internal static class FilesOfPodApp
{
    /// <summary>It runs a compose project by an executor.</summary>
    public static bool Is(App app) => app.Executor is { Length: > 0 } and not "//cmd" && app.Labels?.Keys.Any(IsOfPod) == true;

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: it does not carry its files; and what
    /// <see cref="ComposeReader.Read"/> throws.</exception>
    public static Converted<ComposePod> Read(App app, IYaml yaml, ReturnOptions options)
    {
        string packed = Setting(app, PodFiles.Setting) ?? throw new MesosDockerException(
            Fault.DefinitionInvalid,
            $"'{app.Id}' fetches its compose files ({Sources(app)}) and does not carry them: read those with Measure-ComposePod.");
        Dictionary<string, string> files = [];
        foreach (PackedFile file in PodFiles.Unpack(packed))
        {
            files[PathOf(file.Name, options) ?? file.Name] = Encoding.UTF8.GetString(file.Content.Span);
        }

        IReadOnlyList<string> names = Names(app, name => PathOf(name, options) is { } path && files.ContainsKey(path));
        if (names.Count == 0)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"'{app.Id}' carries none of the files {string.Join(", ", ComposeFileNames.Main)}, and does not name another: say which by the label '{PodLabels.FileName}'.");
        }

        string[] paths = [.. names.Select(name => PathOf(name, options) is { } path && files.ContainsKey(path) ? path : throw new MesosDockerException(
            Fault.DefinitionInvalid, $"'{app.Id}' names the compose file '{ForeignText.Of(name)}', and does not carry it: read it with Measure-ComposePod."))];
        var reader = new ComposeReader(yaml, new ComposeFilesInMemory(files));
        var request = new ComposeRequest
        {
            Files = [.. paths.Select(path => new DocumentText(path, files[path]))],
            Directory = Path.GetDirectoryName(paths[0])!,
            ProjectName = options.ProjectName,
            Environment = Variables(app),
            Profiles = Setting(app, "profiles")?.Split(','),
        };
        ComposeProject project = reader.Read(request);
        if (options.ProjectName is null && project.Name == ProjectName.OfDirectory(request.Directory))
        {
            // The directory happens to be the current one, and has nothing to do with it.
            project = reader.Read(request with { ProjectName = AppNames.Of(PathId.Segments(app.Id ?? "pod")[^1]) });
        }

        ComposePod pod = PodResources.Measure(project, options.Measure);
        return new Converted<ComposePod>(pod, Losses(app, pod));
    }

    // As the executor takes names, and so nothing leads out of the directory.
    private static string? PathOf(string name, ReturnOptions options)
        => SandboxPath.Parse(PodSandbox.NameOf(name)) is { IsRoot: false } path ? Path.Combine(options.Directory, path.ToString()) : null;

    private static bool IsOfPod(string label) => PodLabels.IsFileName(label) || PodLabels.SettingOf(label) is not null;

    private static string? Setting(App app, string name) => app.Labels?.FirstOrDefault(label => PodLabels.SettingOf(label.Key) == name).Value;

    private static string Sources(App app)
        => string.Join(", ", [.. (app.Fetch ?? []).Select(static one => one.Uri ?? ""), .. app.Uris ?? [], .. Setting(app, "uris")?.Split(',') ?? []]);

    private static IReadOnlyList<string> Names(App app, Func<string, bool> isThere)
        => app.Labels?.FirstOrDefault(static label => PodLabels.IsFileName(label.Key)).Value?.Split(',', StringSplitOptions.TrimEntries) ?? ComposeFileNames.Among(isThere);

    private static Dictionary<string, string> Variables(App app) => (app.Env ?? new Dictionary<string, EnvironmentValue>())
        .Where(static pair => pair.Value.Value is not null)
        .ToDictionary(static pair => pair.Key, static pair => pair.Value.Value!);

    // What the project would become again says everything else.
    private static IReadOnlyList<ConversionLoss> Losses(App app, ComposePod pod)
    {
        App again = AppOfPod.Of(pod, new ConversionOptions { Id = app.Id }).Result;
        return
        [
            .. app.CompareTo(again with { Labels = WithoutFiles(again.Labels, app.Labels) }).Where(static difference => difference.Before is not null).Select(difference => new ConversionLoss
            {
                File = app.Id ?? "",
                Key = difference.Path.TrimStart('/').Replace('/', '.').Replace('(', '[').Replace(')', ']'),
                Reason = "A compose project does not say it of the task that runs it.",
                Instead = "Say it again when the project becomes an app.",
            }),
        ];
    }

    // The archive may be packed otherwise and hold the same.
    private static Dictionary<string, string>? WithoutFiles(IReadOnlyDictionary<string, string>? labels, IReadOnlyDictionary<string, string>? was)
        => labels?.ToDictionary(static label => label.Key, label => PodLabels.SettingOf(label.Key) == PodFiles.Setting ? was!.First(static other => PodLabels.SettingOf(other.Key) == PodFiles.Setting).Value : label.Value);
}
