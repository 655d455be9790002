using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>What a project is called (compose specification, "Name top-level element"; compose-go).</summary>
internal static class ProjectName
{
    private const string Nameless = "default";

    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/>, <see cref="Fault.DefinitionInvalid"/></exception>
    public static string Of(ComposeRequest request, IEnumerable<SourceMap> documents, ComposeVariables variables)
    {
        if (request.ProjectName is { Length: > 0 } given)
        {
            return IsName(given) ? given : throw Refused($"The name '{Printable.Of(given, 80)}' is none for a project");
        }

        if (variables[VariableNames.ProjectName] is { Length: > 0 } variable)
        {
            return IsName(variable) ? variable
                : throw Refused($"The variable {VariableNames.ProjectName} has '{Printable.Of(variable, 80)}', which is no name for a project");
        }

        if (documents.Select(static document => document["name"]).LastOrDefault(static name => name is SourceScalar { Kind: ScalarKind.Text, Value.Length: > 0 }) is SourceScalar said)
        {
            string expanded = new Interpolation(name => variables[name], static (_, _) => { }).Expand(said.Value, said.Mark);
            string name = Normalize(expanded);
            return name.Length > 0 ? name
                : throw new MesosDockerException(Fault.DefinitionInvalid, $"{said.Mark}: name is '{Printable.Of(expanded, 80)}', of which no name for a project can be made.");
        }

        return OfDirectory(request.Directory);
    }

    /// <summary>The name of a project that nobody gave one.</summary>
    public static string OfDirectory(string path)
    {
        string directory = Normalize(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));
        return directory.Length > 0 ? directory : Nameless;
    }

    private static string Normalize(string text)
        => string.Concat(text.ToLowerInvariant().Where(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '-')).TrimStart('_', '-');

    private static bool IsName(string text) => Normalize(text) == text;

    private static MesosDockerException Refused(string what) => new(
        Fault.UsageInvalid, $"{what}. It may have lower-case letters, digits, dashes and underscores, and begins with a letter or a digit.");
}
