using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>A file in which services are looked for, its own and those that others of it extend.</summary>
/// <param name="file">Its path.</param>
/// <param name="own">Its own services; null: it has none.</param>
/// <param name="included">Those of the projects that it includes.</param>
/// <param name="earlier">Those of the files before it.</param>
internal sealed class ServiceSource(string file, SourceMap? own, SourceMap? included, SourceMap? earlier)
{
    private readonly Dictionary<string, SourceNode> _own = Index(own);
    private readonly Dictionary<string, SourceNode> _included = Index(included);

    public string File { get; } = file;

    public IEnumerable<string> Names => _own.Keys.Concat(_included.Keys).Concat(earlier?.Fields.Select(static service => service.Name) ?? []);

    public SourceNode? Own(string name) => _own.GetValueOrDefault(name);

    public SourceNode? Included(string name) => _included.GetValueOrDefault(name);

    public SourceNode? Earlier(string name) => earlier?[name];

    // A project may have thousands, and looking each up in a list would take millions of comparisons.
    private static Dictionary<string, SourceNode> Index(SourceMap? services)
    {
        Dictionary<string, SourceNode> index = new(services?.Fields.Count ?? 0, StringComparer.Ordinal);
        foreach (SourceField field in services?.Fields ?? [])
        {
            index[field.Name] = field.Value;
        }

        return index;
    }
}
