using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Reads what a file includes (compose specification, "Include"): projects of their own, with a directory and variables of their own, whose
/// variables are therefore replaced before anything else. What the including file says of the same thing lies over it.
/// </summary>
internal static class Includes
{
    private const string Nowhere = "/dev/null";

    private static readonly string[] s_sections = ["services", "networks", "volumes", "secrets", "configs", "models"];

    private static readonly string[] s_remotes = ["git@", "github.com/", "oci:"];

    /// <returns>All that is included, as one document; null if nothing is.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>, <see cref="Fault.FileUnreadable"/>, <see cref="Fault.VariableMissing"/></exception>
    public static SourceMap? Read(SourceMap document, Scope scope)
    {
        if (document["include"] is not { } said || scope.IsOld)
        {
            return null;
        }

        FieldPath path = FieldPath.Root["include"];
        SourceList list = MergeTags.Settle(said) as SourceList ?? throw path.Refuse(said, "a list of files");
        SourceMap? all = null;
        for (int i = 0; i < list.Items.Count; i++)
        {
            SourceNode item = new TreeInterpolation(scope.Texts).Expand(list.Items[i], path[i]);
            SourceMap included = Read((SourceMap)ProjectShapes.Include.Fit(item, path[i]), path[i], scope);

            // Where two of them have the same thing, the first lies over the second.
            all = all is null ? included : (SourceMap)scope.Shape.Merge(included, all, scope.Merging);
        }

        return all;
    }

    private static SourceMap Read(SourceMap include, FieldPath path, Scope scope)
    {
        DocumentText[] files = [.. Texts(include["path"]).Select(file => Open(file, path, scope))];
        if (files.Length == 0)
        {
            throw path.Refuse(include.Mark, "names no file");
        }

        string first = files[0].Source;
        scope.RefuseCycle(first, include.Mark);
        string directory = include["project_directory"] is SourceScalar { Value.Length: > 0 } said ? scope.Absolute(said.Value) : ComposePaths.DirectoryOf(first);
        IReadOnlyList<string>? variableFiles = include["env_file"] is { } given
            ? [.. Texts(given).Where(static file => file.Value != Nowhere).Select(file => scope.Absolute(file.Value))]
            : null;
        ComposeVariables variables = EnvironmentFiles.Read(scope.State, variableFiles, directory, name => scope.Variables[name]);
        var inner = new Scope(scope.State, scope, first, directory, variables, isOld: false);
        SourceMap tree = ProjectTree.Read([.. files.Select(file => new ParsedFile(file, scope.State.Parse(file)))], inner);
        return TreeEscape.Escape(Shared(ServiceVariables.Resolve(tree, variables)));
    }

    private static DocumentText Open(SourceScalar file, FieldPath path, Scope scope)
        => file.Value.Contains("://", StringComparison.Ordinal) || s_remotes.Any(remote => file.Value.StartsWith(remote, StringComparison.Ordinal))
            ? throw path.Refuse(file.Mark, $"names '{Printable.Of(file.Value, 200)}', which is no file of this machine; only such are included here")
            : scope.State.Open(scope.FileOf(file.Value), new Place(file.Mark, path));

    // Its name and its own keys are not brought along.
    private static SourceMap Shared(SourceMap tree) => new(tree.Mark, [.. tree.Fields.Where(static field => s_sections.Contains(field.Name))]);

    private static IEnumerable<SourceScalar> Texts(SourceNode? node) => ((SourceList)node!).Items.Select(static item => (SourceScalar)item);
}
