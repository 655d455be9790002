using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>What is in a document: an app, a group, a list of them, <c>{"apps": [...]}</c>, or a server's answer with one in it.</summary>
internal static class DefinitionDocument
{
    private static readonly string[] s_dependencies = ["dependencies", "dependencies+"];

    /// <summary>Maps that are apps or groups.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static IEnumerable<SourceMap> Definitions(SourceNode document) => document switch
    {
        SourceScalar { Kind: ScalarKind.Null } => [],
        SourceList list => list.Items.SelectMany(Definitions),
        SourceMap map when map["app"] is SourceMap answer => [answer],
        SourceMap map when map["apps"] is SourceList apps && map["id"] is null && map["groups"] is null => apps.Items.SelectMany(Definitions),
        SourceMap map => [map],
        _ => throw Refused(document, "here an app, a group or a list of apps was expected"),
    };

    public static bool IsGroup(SourceMap map) => map["apps"] is not null || map["groups"] is not null;

    /// <summary>Each with its id and its dependencies from the root on, and with what its groups depend on.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/></exception>
    public static IEnumerable<SourceMap> Apps(SourceMap definition, string group)
        => IsGroup(definition) ? InGroup(definition, group, []) : [App(definition, group, [])];

    private static IEnumerable<SourceMap> InGroup(SourceMap group, string outer, IReadOnlyList<string> outerNeeds)
    {
        string id = PathId.Absolute((group["id"] as SourceScalar)?.Value ?? "", outer);
        IReadOnlyList<string> needs = [.. outerNeeds, .. Texts(group["dependencies"])?.Select(need => PathId.Absolute(need, id)) ?? []];
        return
        [
            .. Maps(group, "apps").Select(app => App(app, id, needs)),
            .. Maps(group, "groups").SelectMany(inner => InGroup(inner, id, needs)),
        ];
    }

    private static SourceMap App(SourceMap app, string group, IReadOnlyList<string> groupNeeds)
    {
        if (app["containers"] is not null)
        {
            throw Refused(app, "this is a pod, and here an app was expected");
        }

        SourceMap resolved = app["id"] is SourceScalar { Kind: ScalarKind.Text } id
            ? app.With("id", Text(PathId.Absolute(id.Value, group), id.Mark))
            : app;
        foreach (string field in s_dependencies)
        {
            if (Texts(app[field]) is { } needs)
            {
                resolved = resolved.With(field, List(needs.Select(need => PathId.Absolute(need, group)), app[field]!.Mark));
            }
        }

        return groupNeeds.Count == 0 ? resolved
            : resolved.With("dependencies", List([.. (Texts(resolved["dependencies"]) ?? []).Union(groupNeeds)], app.Mark));
    }

    // Null: it is no list of texts, which its judge will tell.
    private static IReadOnlyList<string>? Texts(SourceNode? node)
        => node is SourceList list && list.Items.All(static item => item is SourceScalar { Kind: ScalarKind.Text })
            ? [.. list.Items.Select(static item => ((SourceScalar)item).Value)]
            : null;

    private static IEnumerable<SourceMap> Maps(SourceMap group, string field) => group[field] switch
    {
        null or SourceScalar { Kind: ScalarKind.Null } => [],
        SourceList list => list.Items.Select(item => item as SourceMap ?? throw Refused(item, $"each of '{field}' must be an object")),
        var other => throw Refused(other, $"'{field}' must be a list"),
    };

    private static SourceList List(IEnumerable<string> texts, Mark mark) => new(mark, [.. texts.Select(text => Text(text, mark))]);

    private static SourceScalar Text(string text, Mark mark) => new(mark, ScalarKind.Text, text);

    private static MesosDockerException Refused(SourceNode node, string why) => new(Fault.DefinitionInvalid, $"{node.Mark}: {why}.");
}
