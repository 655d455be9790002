using System.Text;
using MesosDocker.Compose;
using MesosDocker.Fetching;
using MesosDocker.Io;
using MesosDocker.Marathon;
using MesosDocker.Pods;

namespace MesosDocker.Conversion;

/// <summary>Where the executor of a pod finds its files: fetched by the agent, or in a label of the task.</summary>
internal sealed record PodSources
{
    private const char Comma = ',';

    public required IReadOnlyList<Artifact> Fetch { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Also what compose reads only when it runs the project is there: an archive of all of it is fetched.</summary>
    public bool HasDirectory { get; init; }

    public IReadOnlyList<ConversionLoss> Losses { get; init; } = [];

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: the files cannot be carried in a label;
    /// <see cref="Fault.OptionConflict"/>: what is fetched has not the project in it.</exception>
    public static PodSources Of(ComposeProject project, ConversionOptions options)
    {
        var files = PodFileNames.Of(project);
        return options.Fetch.Count == 0 ? Packed(project, files) : Fetched(project, files, options.Fetch);
    }

    private static PodSources Packed(ComposeProject project, PodFileNames files) => new()
    {
        Fetch = [],
        Labels = new Dictionary<string, string>(LabelsOf(project, files.MainFiles.Select(file => files[file])))
        {
            [PodFiles.Label] = PodFiles.Pack([.. files.All.Select(file => new PackedFile(files[file], Encoding.UTF8.GetBytes(file.Text)))]),
        },
    };

    private static PodSources Fetched(ComposeProject project, PodFileNames files, IReadOnlyList<Artifact> said)
    {
        bool hasArchive = said.Any(static artifact => artifact.Extract != false && Archives.IsArchive(artifact.Uri ?? ""));
        List<Artifact> fetched = [.. said.SelectMany(artifact => artifact.Uri?.EndsWith('/') == true ? Each(artifact, files) : [artifact])];
        string[] names = [.. files.MainFiles.Select(file => NameOf(file, files, fetched, hasArchive))];
        return new PodSources
        {
            Fetch = fetched,
            Labels = LabelsOf(project, names),
            HasDirectory = hasArchive,
            Losses = hasArchive ? [] : [.. files.All.Where(file => !files.MainFiles.Contains(file) && Place(file, files, fetched) is null).Select(Missing)],
        };
    }

    private static IEnumerable<Artifact> Each(Artifact directory, PodFileNames files) => files.All.Select(file => directory with
    {
        Uri = directory.Uri + string.Join('/', files[file].Split('/').Select(Uri.EscapeDataString)),
        DestPath = files[file].Contains('/', StringComparison.Ordinal) || Uri.EscapeDataString(files[file]) != files[file] ? files[file] : null,
        Extract = false,
    });

    private static string NameOf(DocumentText file, PodFileNames files, List<Artifact> fetched, bool hasArchive)
        => Place(file, files, fetched)
            ?? (hasArchive ? files[file] : null)
            ?? (files.All.Count == 1 && fetched is [var only] ? LandsAt(only) : null)
            ?? throw new MesosDockerException(
                Fault.OptionConflict,
                $"None of the URIs leads to '{files[file]}', which the pod is made of. Name its own, an archive with all files in it, or their directory with a slash at its end.");

    // A file that others name by a path goes there.
    private static string? Place(DocumentText file, PodFileNames files, List<Artifact> fetched)
    {
        string name = files[file];
        for (int i = 0; i < fetched.Count; i++)
        {
            if (LandsAt(fetched[i]) == name)
            {
                return name;
            }

            if (fetched[i].DestPath is null && LandsAt(fetched[i]) == name[(name.LastIndexOf('/') + 1)..])
            {
                fetched[i] = fetched[i] with { DestPath = name };
                return name;
            }
        }

        return null;
    }

    private static string LandsAt(Artifact artifact) => artifact.DestPath ?? FetchAddress.FileNameOf(artifact.Uri ?? "");

    private static ConversionLoss Missing(DocumentText file) => new()
    {
        File = file.Source,
        Key = Path.GetFileName(file.Source),
        Reason = "The project reads this file, too, and no URI leads to it.",
        Instead = "Name it with -Uri, or an archive of all files.",
    };

    private static Dictionary<string, string> LabelsOf(ComposeProject project, IEnumerable<string> names)
    {
        string[] all = [.. names];
        if (all.FirstOrDefault(static name => name.Contains(Comma) || name.Trim() != name) is { } wrong)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"The label '{PodLabels.FileName}' has commas between the names of files, so that '{wrong}' cannot be one: rename the file.");
        }

        Dictionary<string, string> labels = new() { [PodLabels.FileName] = string.Join(Comma, all) };
        if (project.Inputs.Profiles.Count > 0)
        {
            labels[PodLabels.SettingPrefix + "profiles"] = string.Join(Comma, project.Inputs.Profiles);
        }

        return labels;
    }
}
