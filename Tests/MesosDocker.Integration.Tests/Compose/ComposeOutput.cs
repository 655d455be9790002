using System.Globalization;
using MesosDocker.Adapters.Yaml;
using MesosDocker.Io;

namespace MesosDocker.Integration.Tests.Compose;

/// <summary>What <c>docker-compose config</c> prints, so that two that mean the same are equal texts.</summary>
internal static class ComposeOutput
{
    // Of lists whose order means nothing docker-compose itself makes sets when it merges.
    private static readonly string[] s_sets =
    [
        "aliases", "cache_from", "cap_add", "cap_drop", "configs", "constraints", "device_cgroup_rules", "devices", "expose", "external_links",
        "link_local_ips", "links", "ports", "preferences", "secrets", "security_opt", "volumes", "volumes_from",
    ];

    public static IReadOnlyList<string> Lines(string output)
    {
        List<string> lines = [];
        foreach (SourceField section in ((SourceMap)new YamlText().Read(output, "config")[0]).Fields)
        {
            // The one is the original's, the other what it is where a file says none.
            if (section.Name != "version")
            {
                Add(lines, section.Name, section.Name, section.Value);
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static void Add(List<string> lines, string path, string name, SourceNode node)
    {
        switch (name, node)
        {
            // Carried out in what we write.
            case ("profiles", _):
                break;

            case ("extra_hosts" or "labels", SourceList pairs):
                lines.AddRange(pairs.Items.Select(pair => Pair(path, ((SourceScalar)pair).Value, name == "labels" ? '=' : ':')));
                break;

            case (_, SourceMap { Fields.Count: 0 } or SourceScalar { Kind: ScalarKind.Null }):
                lines.Add(path);
                break;

            case (_, SourceMap map):
                foreach (SourceField field in map.Fields)
                {
                    Add(lines, $"{path}/{field.Name}", field.Name, field.Value);
                }

                break;

            case (_, SourceList list):
                IEnumerable<string> items = list.Items.Select(item => name == "ports" ? Port(item) : Text(item));
                lines.Add($"{path} = [{string.Join(", ", s_sets.Contains(name) ? items.Order(StringComparer.Ordinal) : items)}]");
                break;

            default:
                lines.Add($"{path} = {Text(node)}");
                break;
        }
    }

    private static string Pair(string path, string pair, char separator)
    {
        string[] parts = pair.Split(separator, 2);
        return $"{path}/{parts[0]} = {parts[1]}";
    }

    // In files of version 1 they are texts, in all others mostly maps.
    private static string Port(SourceNode node)
    {
        if (node is SourceScalar text)
        {
            return text.Value.EndsWith("/tcp", StringComparison.Ordinal) ? text.Value[..^4] : text.Value;
        }

        var map = (SourceMap)node;
        string? Of(string name) => (map[name] as SourceScalar)?.Value;
        string published = Of("published") is { } port ? port + ":" : "";
        return $"{published}{Of("target")}{(Of("protocol") is null or "tcp" ? "" : "/" + Of("protocol"))}{(Of("mode") is { } mode ? " " + mode : "")}";
    }

    private static string Text(SourceNode node) => node switch
    {
        SourceMap map => $"{{{string.Join(", ", map.Fields.OrderBy(static field => field.Name, StringComparer.Ordinal).Select(static field => $"{field.Name}: {Text(field.Value)}"))}}}",
        SourceList list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        SourceScalar { Kind: ScalarKind.Number } number => decimal.Parse(number.Value, NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.#########", CultureInfo.InvariantCulture),
        _ => ((SourceScalar)node).Value,
    };
}
