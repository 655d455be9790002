using MesosDocker.Compose;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>What a project is called in Marathon.</summary>
internal static class PodId
{
    // Files that say nothing by their names, unlike shop.yml.
    private static readonly string[] s_usual = ["compose", "docker-compose"];

    /// <summary>From the root on.</summary>
    public static string Of(ComposePod pod, ConversionOptions options) => PathId.Absolute(options.Id ?? NameOf(pod), PathId.Absolute(options.Group));

    /// <summary>
    /// The project's name, where somebody gave it one. A name that only follows from the directory is that of all projects in it, so that
    /// the file's is better, if it is another than the usual ones.
    /// </summary>
    public static string NameOf(ComposePod pod)
    {
        string file = Path.GetFileNameWithoutExtension(pod.Path);
        bool isOfDirectory = pod.Project is { } project && pod.Name == ProjectName.OfDirectory(project.Directory);
        return AppNames.Of(isOfDirectory && Path.IsPathFullyQualified(pod.Path) && !s_usual.Contains(file) ? file : pod.Name);
    }
}
