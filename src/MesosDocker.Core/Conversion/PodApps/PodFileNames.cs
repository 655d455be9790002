using MesosDocker.Compose;
using MesosDocker.Io;

namespace MesosDocker.Conversion;

/// <summary>The files of a project under names that they can have in a sandbox: as they lie to each other on this machine.</summary>
internal sealed class PodFileNames
{
    private const string Nameless = "docker-compose.yml";

    private readonly string _root;

    private PodFileNames(ComposeProject project)
    {
        Directory = project.Directory;
        MainFiles = project.Inputs.MainFiles;
        All = [.. project.Files, .. project.Inputs.Companions];
        _root = project.Directory;
        foreach (string path in All.Select(PathOf))
        {
            while (!MountAccount.IsInside(path, _root))
            {
                _root = Path.GetDirectoryName(_root) ?? throw new MesosDockerException(
                    Fault.DefinitionInvalid, $"'{path}' is on another drive than the project, and cannot be carried with it: give the pod's files by -Uri.");
            }
        }
    }

    /// <summary>The project's.</summary>
    public string Directory { get; }

    public IReadOnlyList<DocumentText> MainFiles { get; }

    public IReadOnlyList<DocumentText> All { get; }

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: they have nothing in common.</exception>
    public static PodFileNames Of(ComposeProject project) => new(project);

    public string this[DocumentText file] => Path.GetRelativePath(_root, PathOf(file)).Replace(Path.DirectorySeparatorChar, '/');

    // A text that comes from no file has its place where the project is.
    private string PathOf(DocumentText file) => Path.IsPathFullyQualified(file.Source) ? file.Source : Path.Combine(Directory, Nameless);
}
