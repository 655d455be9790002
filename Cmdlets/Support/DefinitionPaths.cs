using System.Management.Automation;

namespace MesosDocker.Commands;

/// <summary>The files that a path means: itself, what its wildcards fit, or the definitions in a directory.</summary>
internal static class DefinitionPaths
{
    private static readonly string[] s_endings = [".json", ".yml", ".yaml"];

    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/></exception>
    public static IEnumerable<string> Resolve(PSCmdlet cmdlet, string path, bool isLiteral)
    {
        if (isLiteral)
        {
            return Files(cmdlet.GetUnresolvedProviderPathFromPSPath(path));
        }

        try
        {
            return cmdlet.GetResolvedProviderPathFromPSPath(path, out _).SelectMany(Files);
        }
        catch (ItemNotFoundException e)
        {
            throw new MesosDockerException(Fault.FileUnreadable, $"There is no file '{path}'.", e);
        }
    }

    private static IEnumerable<string> Files(string path) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path)
            .Where(static file => s_endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
        : [path];
}
