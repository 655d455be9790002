using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>What several parts of a compose file have in common.</summary>
internal static class CommonShapes
{
    public static Shape Text => TextShape.Instance;

    public static Shape Flag => FlagShape.Instance;

    public static Shape Pairs => PairsShape.Instance;

    public static Shape Environment { get; } = new PairsShape { NothingIsEmpty = false, RefusesSpaces = true };

    public static Shape Number => NumberShape.Any;

    public static Shape Whole => NumberShape.Whole;

    public static Shape Count => NumberShape.Count;

    public static Shape Duration => DurationShape.Instance;

    /// <summary>With as many digits as the engine has.</summary>
    public static Shape Cpus { get; } = new NumberShape { Min = 0, MostDigits = 9 };

    public static Shape Texts { get; } = new ListShape(Text);

    public static Shape SetOfTexts { get; } = new ListShape(Text) { IsSet = true };

    /// <summary>No two that are the same before their equals sign.</summary>
    public static Shape NamedTexts { get; } = new ListShape(Text) { KeyOf = MergeLists.NameBeforeEquals };

    public static Shape TextOrTexts { get; } = new ListShape(Text) { AllowsSingle = true };

    /// <summary>A value that may be written as a number, too.</summary>
    public static Shape Words { get; } = new WordsShape(allowsNull: false);

    public static Shape Options { get; } = new MapShape(Words);

    public static Shape OptionsOrNothing { get; } = new MapShape(new WordsShape(allowsNull: true));

    /// <summary>A command: one text, which is taken apart like a line of a shell, or its words. A later file's takes its place as a whole.</summary>
    public static Shape Command { get; } = new CommandShape();

    public static Shape Ulimits { get; } = new MapShape(new OneOfShape(
        Whole,
        new ObjectShape { Replaces = true }.Required("soft", Whole).Required("hard", Whole)));

    /// <summary>Secrets or configs that a service or a build is given.</summary>
    public static Shape FileMounts(string folder) => new ListShape(new ItemShape(
        "a name, or a map with 'source'",
        new ObjectShape()
            .Required("source", Text)
            .Field("target", Text)
            .Field("uid", Text)
            .Field("gid", Text)
            .Field("mode", FileModeShape.Instance),
        static node => node is SourceScalar scalar
            ? scalar.Kind == ScalarKind.Text ? Map(scalar, "source") : null
            : node))
    {
        KeyOf = item => TargetOf(item, folder),
    };

    /// <summary>A map of one field with this value.</summary>
    public static SourceMap Map(SourceScalar value, string field) => new(value.Mark, [new SourceField(field, value.Mark, value)]);

    private static string? TargetOf(SourceNode item, string folder) => item switch
    {
        SourceScalar { Kind: ScalarKind.Text } source => MergeLists.Literal($"{folder}/{source.Value}"),
        SourceMap map when map["target"] is SourceScalar target => MergeLists.Literal(target.Value),
        SourceMap map when map["source"] is SourceScalar source => MergeLists.Literal($"{folder}/{source.Value}"),
        _ => null,
    };
}
