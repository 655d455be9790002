using System.Management.Automation;
using MesosDocker.Compose;

namespace MesosDocker.Commands;

/// <summary>The compose projects that a path means: a file by itself, or the files that compose looks for in a directory.</summary>
internal static class PodPaths
{
    /// <returns>Of each project, its files.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/></exception>
    public static IEnumerable<IEnumerable<string>> Resolve(PSCmdlet cmdlet, string path, bool isLiteral)
        => (isLiteral ? [cmdlet.GetUnresolvedProviderPathFromPSPath(path)] : Files(cmdlet, path)).Select(Project);

    /// <summary>What has the name, else what the name's wildcards fit.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/></exception>
    public static IEnumerable<string> Files(PSCmdlet cmdlet, string path)
    {
        // PowerShell looks through the directory for it, each time; among thousands of files that is most of the work.
        if (Path.IsPathFullyQualified(path) && Path.Exists(path))
        {
            return [path];
        }

        try
        {
            return cmdlet.GetResolvedProviderPathFromPSPath(path, out _);
        }
        catch (ItemNotFoundException e)
        {
            throw new MesosDockerException(Fault.FileUnreadable, $"There is no file '{path}'.", e);
        }
    }

    private static IEnumerable<string> Project(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        IReadOnlyList<string> names = ComposeFileNames.Among(name => File.Exists(Path.Combine(path, name)));
        return names.Count > 0 ? names.Select(name => Path.Combine(path, name)) : throw new MesosDockerException(
            Fault.FileUnreadable, $"In '{path}' there is none of the files {string.Join(", ", ComposeFileNames.Main)}.");
    }
}
