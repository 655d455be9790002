using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Makes one canonical document of a project's files. In this order: included projects are read, services get what they extend, each file is
/// laid over those before it, variables are replaced, everything gets its canonical form, and paths become absolute. So a variable that
/// nobody gives is no error where a later file takes its place.
/// </summary>
internal static class ProjectTree
{
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>, <see cref="Fault.FileUnreadable"/>, <see cref="Fault.VariableMissing"/></exception>
    public static SourceMap Read(IReadOnlyList<ParsedFile> files, Scope scope)
    {
        SourceMap? merged = null;
        foreach (ParsedFile file in files)
        {
            foreach (SourceMap document in file.DocumentsAs(scope.IsOld))
            {
                SourceMap? included = Includes.Read(document, scope);
                merged = FileLayers.Lay(merged, included, document.Without("include"), file.Text.Source, scope);
                if (merged.Weight > DocumentLimits.MaxWeight)
                {
                    throw DocumentLimits.TooHeavy(document.Mark);
                }
            }
        }

        if (merged is null || merged.Fields.Count == 0)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"'{files[0].Text.Source}' has nothing in it; a compose file needs services.");
        }

        SourceMap expanded = new TreeInterpolation(scope.Texts).Expand(merged, FieldPath.Root);
        var canonical = (SourceMap)scope.Shape.Fit(expanded, FieldPath.Root);
        return RelativePaths.Resolve(scope.IsOld ? OldServices.Modernize(canonical) : canonical, scope);
    }
}
