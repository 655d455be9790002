using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>The variables that files give to a project, or to one that it includes.</summary>
internal static class EnvironmentFiles
{
    private const string Default = ".env";

    /// <param name="paths">Absolute, the last the strongest; null: <c>.env</c> in the directory, if there is one.</param>
    /// <param name="outer">Variables that are stronger.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.FileUnreadable"/>, <see cref="Fault.DefinitionInvalid"/></exception>
    public static ComposeVariables Read(ReadingState state, IReadOnlyList<string>? paths, string directory, Func<string, string?> outer)
    {
        Dictionary<string, string> own = new(StringComparer.Ordinal);
        foreach (DocumentText file in paths is null ? Found(state, Path.Combine(directory, Default)) : paths.Select(path => Given(state, path)))
        {
            state.ReadVariables(file, outer, own);
        }

        return new ComposeVariables(outer, own);
    }

    private static IEnumerable<DocumentText> Found(ReadingState state, string path) => state.TryOpen(path) is { } file ? [file] : [];

    private static DocumentText Given(ReadingState state, string path)
        => state.TryOpen(path) ?? throw new MesosDockerException(Fault.FileUnreadable, $"There is no file of variables '{Printable.Of(path, 200)}'.");
}
