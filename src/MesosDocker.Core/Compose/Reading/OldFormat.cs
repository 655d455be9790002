using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>Files of version 1, which have services at their top and nothing else (docker-compose 1.29 still reads them, and nothing since).</summary>
internal static class OldFormat
{
    // Whoever has one of these, and not as the name of a service, writes a later version.
    private static readonly string[] s_sections = ["services", "networks", "volumes", "secrets", "configs", "include", "name", "models"];

    public static bool Is(SourceMap document) => document["version"] switch
    {
        // A service of that name.
        SourceMap => true,
        null => document.Fields.Count > 0
            && !s_sections.Any(section => document[section] is not null)
            && document.Fields.Any(static field => !field.Name.StartsWith(ObjectShape.Extension, StringComparison.Ordinal))
            && document.Fields.All(static field => field.Value is SourceMap or SourceTagged),
        _ => false,
    };

    /// <summary>With its services where later versions have them.</summary>
    public static SourceMap Wrap(SourceMap document) => new(document.Mark, [new SourceField("services", document.Mark, document)]);
}
