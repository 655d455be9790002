using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Reads compose files as compose does: version 1, 2 and 3 and the current specification (compose-spec/compose-spec; where it is silent
/// compose-go, and for version 1 docker-compose 1.29). docs/compose.md says what is different.
/// </summary>
public sealed class ComposeReader(IYaml yaml, IComposeFiles files)
{
    /// <exception cref="MesosDockerException">
    /// <see cref="Fault.DefinitionInvalid"/> for anything that compose would refuse, with file, line, column and key;
    /// <see cref="Fault.VariableMissing"/>; <see cref="Fault.FileUnreadable"/>; <see cref="Fault.UsageInvalid"/>: the project's name is none.
    /// </exception>
    public ComposeProject Read(ComposeRequest request)
    {
        if (request.Files.Count == 0)
        {
            throw new MesosDockerException(Fault.UsageInvalid, "A project needs at least one compose file.");
        }

        var state = new ReadingState(yaml, files);
        IReadOnlyList<ParsedFile> parsed = [.. request.Files.Select(file => new ParsedFile(file, state.Parse(file)))];
        ComposeVariables variables = EnvironmentFiles.Read(state, request.EnvironmentFiles, request.Directory, name => Given(request, name));
        string name = ProjectName.Of(request, parsed.SelectMany(static file => file.Documents), variables);
        int ownVariables = state.Opened.Count;
        SortedDictionary<string, string> used = new(StringComparer.Ordinal);
        var scope = new Scope(state, null, parsed[0].Text.Source, request.Directory, variables.Noting(used).Named(name), parsed[0].IsOld);
        SourceMap tree = External.Modernize(ServiceVariables.Resolve(ProjectTree.Read(parsed, scope), scope.Variables), state);
        WarnOfVersion(tree, state);
        IReadOnlyList<string> profiles = ActiveServices.Profiles(request, variables);
        return ProjectBinding.Bind(name, tree, profiles, scope) with
        {
            Inputs = new ComposeInputs
            {
                MainFiles = request.Files,
                Companions = [.. state.Opened.Skip(ownVariables).Where(file => !state.Files.Contains(file))],
                Variables = used,
                Profiles = profiles,
            },
        };
    }

    private static string? Given(ComposeRequest request, string name)
        => request.Variables.TryGetValue(name, out string? value) ? value : request.Environment.GetValueOrDefault(name);

    private static void WarnOfVersion(SourceMap tree, ReadingState state)
    {
        if (tree["version"] is { } version)
        {
            state.Warn(version.Mark, "version has no meaning any more; compose ignores it.");
        }
    }
}
