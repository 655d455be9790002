using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Things that are there already (compose specification, <c>external</c>), in their older spelling, too.</summary>
internal static class External
{
    private static readonly string[] s_sections = ["networks", "volumes", "secrets", "configs"];

    public static bool Is(SourceMap? definition) => definition?["external"] is SourceScalar { Value: "true" };

    /// <summary>With <c>external: {name: x}</c> as <c>external: true</c> and <c>name: x</c>, and without <c>external: false</c>.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: two names that differ.</exception>
    public static SourceMap Modernize(SourceMap tree, ReadingState state) => TreeEdits.Fields(tree, section => !s_sections.Contains(section.Name)
        ? section.Value
        : TreeEdits.Fields(section.Value, field => field.Value is SourceMap definition
            ? Modernize(definition, FieldPath.Root[section.Name][field.Name], state)
            : field.Value));

    private static SourceMap Modernize(SourceMap definition, FieldPath path, ReadingState state)
    {
        switch (definition["external"])
        {
            case SourceScalar { Value: "false" }:
                return definition.Without("external");

            case SourceMap older when older["name"] is SourceScalar name:
                state.Warn(older.Mark, $"{path}.external.name is an older spelling. Write external: true, and name: {name.Value}.");
                return definition["name"] is SourceScalar said && said.Value != name.Value
                    ? throw path.Refuse(older.Mark, $"is called '{Printable.Of(said.Value, 60)}' by name, and '{Printable.Of(name.Value, 60)}' by external.name")
                    : definition.With("external", Scalars.Flag(older.Mark, true)).With("name", name);

            case SourceMap older:
                return definition.With("external", Scalars.Flag(older.Mark, true));

            default:
                return definition;
        }
    }
}
