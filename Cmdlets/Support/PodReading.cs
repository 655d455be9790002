using MesosDocker.Compose;
using MesosDocker.Io;

namespace MesosDocker.Commands;

/// <summary>How compose projects are read and measured from PowerShell: many, with the same settings.</summary>
internal sealed class PodReading
{
    private readonly ComposeReader _reader = new(Adapters.Yaml(), new ComposeFilesOnDisk());
    private readonly List<DocumentText> _overlays = [];
    private readonly ComposeRequest _request;
    private readonly MeasureOptions _options;

    /// <param name="environmentFiles">Null: the file .env beside each project.</param>
    /// <param name="profiles">Null: those of the environment.</param>
    /// <param name="projectName">Null: the project's own.</param>
    public PodReading(
        IEnumerable<KeyValuePair<string, string>> variables, IEnumerable<string>? environmentFiles, IReadOnlyList<string>? profiles, string? projectName, MeasureOptions options)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in variables)
        {
            given[name] = value;
        }

        _options = options;
        _request = new ComposeRequest
        {
            Files = [],
            Directory = "",
            ProjectName = projectName,
            Variables = given,
            Environment = EnvironmentOfProcess.Variables(),
            EnvironmentFiles = environmentFiles is null ? null : [.. environmentFiles],
            Profiles = profiles,
        };
    }

    /// <summary>Lays a file over each project that is measured from now on; the last one is the uppermost.</summary>
    public void AddOverlay(DocumentText overlay) => _overlays.Add(overlay);

    /// <param name="location">Tells the directory of a project whose first file is a text that comes from nowhere.</param>
    /// <exception cref="MesosDockerException">As <see cref="ComposeReader.Read"/> and <see cref="PodResources.Measure"/>.</exception>
    public ComposePod Measure(IReadOnlyList<DocumentText> files, Func<string> location) => PodResources.Measure(
        _reader.Read(_request with
        {
            Files = _overlays.Count == 0 ? files : [.. files, .. _overlays],
            Directory = Path.IsPathFullyQualified(files[0].Source) ? Path.GetDirectoryName(files[0].Source)! : location(),
        }),
        _options);
}
