using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Makes the paths of a document absolute, wherever compose takes a text for one.</summary>
/// <param name="absolute">The text that takes the place of a path.</param>
/// <param name="expand">What a text means: what is a path, and what is the name of a volume, may depend on variables.</param>
internal sealed class RelativePaths(Func<string, string> absolute, Func<SourceScalar, string> expand)
{
    private static readonly string[] s_contexts = ["service:", "github.com/", "git@"];

    /// <summary>Of a canonical document: they are relative to the project.</summary>
    public static SourceMap Resolve(SourceMap tree, Scope scope) => new RelativePaths(scope.Absolute, static path => path.Value).Project(tree);

    /// <summary>
    /// Of the services in a file that others extend: they are relative to that file, which after merging nobody knows any more. So variables
    /// in them are replaced now.
    /// </summary>
    public static SourceMap OfExtended(SourceMap services, string file, Scope scope)
    {
        string directory = ComposePaths.DirectoryOf(file);
        string? home = scope.Variables[VariableNames.Home];
        var paths = new RelativePaths(
            path => Interpolation.Escape(ComposePaths.Absolute(path, directory, home)),
            path => scope.Texts.Expand(path.Value, path.Mark));
        return TreeEdits.Fields(services, field => paths.Service(field.Value));
    }

    private SourceMap Project(SourceMap tree) => TreeEdits.Fields(tree, field => field.Name switch
    {
        "services" => TreeEdits.Values(field.Value, Service),
        "configs" or "secrets" => TreeEdits.Values(field.Value, definition => TreeEdits.Field(definition, "file", Text)),
        "volumes" => TreeEdits.Values(field.Value, Volume),
        _ => field.Value,
    });

    private SourceNode Service(SourceNode service) => TreeEdits.Fields(service, field => field.Name switch
    {
        "build" => Build(field.Value),
        "env_file" or "label_file" => field.Value is SourceScalar file
            ? Text(file)
            : TreeEdits.Items(field.Value, item => item is SourceScalar ? Text(item) : TreeEdits.Field(item, "path", Text)),
        "volumes" => TreeEdits.Items(field.Value, Mount),
        "extends" => TreeEdits.Field(field.Value, "file", Text),
        "develop" => TreeEdits.Field(field.Value, "watch", watch => TreeEdits.Items(watch, item => TreeEdits.Field(item, "path", Text))),
        _ => field.Value,
    });

    private SourceNode Build(SourceNode build) => build is SourceScalar ? Context(build) : TreeEdits.Fields(build, field => field.Name switch
    {
        "context" => Context(field.Value),
        "additional_contexts" => Pairs(field.Value, Context),
        "ssh" => Pairs(field.Value, Text),
        _ => field.Value,
    });

    private SourceNode Context(SourceNode node)
        => node is SourceScalar { Kind: ScalarKind.Text } text && expand(text) is var context
            && (context.Contains("://", StringComparison.Ordinal) || s_contexts.Any(prefix => context.StartsWith(prefix, StringComparison.Ordinal)))
                ? node
                : Text(node);

    private SourceNode Mount(SourceNode item) => item switch
    {
        SourceScalar { Kind: ScalarKind.Text } text => ShortMount(text),
        SourceMap map when map["type"] is SourceScalar { Value: "bind" } => TreeEdits.Field(map, "source", Text),
        _ => item,
    };

    private SourceNode ShortMount(SourceScalar text)
    {
        if (MountText.Read(text.Value) is not { Source: { } written })
        {
            return text;
        }

        string source = expand(new SourceScalar(text.Mark, ScalarKind.Text, written));
        return MountText.IsPath(source) ? Scalars.Text(text.Mark, MountText.WithSource(text.Value, absolute(source))) : text;
    }

    // A local volume that is really a directory of the host.
    private SourceNode Volume(SourceNode volume)
        => volume is SourceMap map && map["driver"] is null or SourceScalar { Value: "local" }
            && map["driver_opts"] is SourceMap options && options["o"] is SourceScalar { Value: "bind" }
                ? TreeEdits.Field(map, "driver_opts", found => TreeEdits.Field(found, "device", Text))
                : volume;

    private static SourceNode Pairs(SourceNode node, Func<SourceNode, SourceNode> change) => node is not SourceList
        ? TreeEdits.Values(node, change)
        : TreeEdits.Items(node, item => item is SourceScalar { Kind: ScalarKind.Text } pair && pair.Value.IndexOf('=', StringComparison.Ordinal) is var equals and > 0
            ? Scalars.Text(pair.Mark, pair.Value[..(equals + 1)] + ((SourceScalar)change(Scalars.Text(pair.Mark, pair.Value[(equals + 1)..]))).Value)
            : item);

    private SourceNode Text(SourceNode node)
        => node is SourceScalar { Kind: ScalarKind.Text, Value.Length: > 0 } text && absolute(expand(text)) is var path && path != text.Value
            ? Scalars.Text(text.Mark, path)
            : node;
}
