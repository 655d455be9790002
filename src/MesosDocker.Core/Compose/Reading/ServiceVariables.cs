using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Variables of services that have a name and no value: they have the project's (compose specification, <c>environment</c>).</summary>
internal static class ServiceVariables
{
    /// <summary>In all services of a canonical document; what the project has not stays without a value.</summary>
    public static SourceMap Resolve(SourceMap tree, ComposeVariables variables)
        => (SourceMap)TreeEdits.Field(tree, "services", services => TreeEdits.Values(services, service => Service((SourceMap)service, variables)));

    private static SourceMap Service(SourceMap service, ComposeVariables variables) => TreeEdits.Fields(service, field => field.Name switch
    {
        "environment" => Values(field.Value, variables),
        "build" => TreeEdits.Field(field.Value, "args", arguments => Values(arguments, variables)),
        _ => field.Value,
    });

    private static SourceNode Values(SourceNode pairs, ComposeVariables variables) => TreeEdits.Fields(
        pairs,
        field => Scalars.IsNull(field.Value) && variables[field.Name] is { } value ? Scalars.Text(field.Mark, value) : field.Value);
}
