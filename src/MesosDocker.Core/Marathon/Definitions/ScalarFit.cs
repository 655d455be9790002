using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>
/// Values whose kind only their looks tell (unquoted in YAML, or put there by a variable) become of the kind that their field has:
/// <c>env: { PORT: 8080 }</c> is the text 8080, <c>cpus: ${CPUS}</c> a number.
/// </summary>
internal static class ScalarFit
{
    public static SourceNode Fit(SourceNode node, Shape? shape) => (node, shape) switch
    {
        (_, null) => node,
        (SourceMap map, _) => Fit(map, shape),
        (SourceList list, { Item: { } item }) => new SourceList(list.Mark, [.. list.Items.Select(inner => Fit(inner, item))]),
        (SourceScalar { IsLoose: true } scalar, _) when !shape.Takes(scalar.Kind) => Fit(scalar, shape),
        _ => node,
    };

    public static SourceMap Fit(SourceMap map, Shape shape)
        => new(map.Mark, [.. map.Fields.Select(field => field with { Value = Fit(field.Value, shape.Inside(field.Name)) })]);

    private static SourceScalar Fit(SourceScalar scalar, Shape shape)
    {
        (ScalarKind kind, string? value) = CoreSchema.Resolve(scalar.Written);
        return shape.Takes(ScalarKind.Text) && scalar.Kind is ScalarKind.Number or ScalarKind.Boolean
            ? new SourceScalar(scalar.Mark, ScalarKind.Text, scalar.Written)
            : scalar.Kind == ScalarKind.Text && value is not null && shape.Takes(kind)
                ? new SourceScalar(scalar.Mark, kind, value)
                : scalar;
    }
}
