using MesosDocker.Io;

namespace MesosDocker.Conversion;

/// <summary>A compose file as it comes together: its services, and what they share.</summary>
internal sealed class ProjectDraft(string name)
{
    private readonly OrderedDictionary<string, SourceNode> _services = [];
    private readonly OrderedDictionary<string, SourceNode> _networks = [];
    private readonly OrderedDictionary<string, SourceNode> _volumes = [];
    private readonly OrderedDictionary<string, SourceNode> _secrets = [];

    public string Name => name;

    public SourceMap Document => Made.Said(
        ("name", Made.Text(name)), ("services", Map(_services)), ("networks", Map(_networks)), ("volumes", Map(_volumes)), ("secrets", Map(_secrets)));

    public void Add(string service, ServiceDraft draft) => _services[service] = draft.Keys;

    /// <summary>A network that is there already.</summary>
    public void AddNetwork(string network) => _networks[network] = Made.Map(Made.Field("external", Made.Flag(true)));

    /// <summary>A secret that the platform has.</summary>
    /// <returns>What services call it.</returns>
    public string AddSecret(string secret, string? source)
    {
        string key = KeyOf(secret);
        _secrets[key] = Made.Said(("external", Made.Flag(true)), ("name", (source ?? secret) == key ? null : Made.Text(source ?? secret)));
        return key;
    }

    /// <summary>A volume by what the engine calls it; without a driver the engine makes it itself.</summary>
    /// <returns>What services call it.</returns>
    public string AddVolume(string engineName, string? driver, IReadOnlyDictionary<string, string> options, IReadOnlyDictionary<string, string>? labels = null)
    {
        string prefix = name + "_";
        bool isOurs = engineName.Length > prefix.Length && engineName.StartsWith(prefix, StringComparison.Ordinal);
        string key = isOurs ? engineName[prefix.Length..] : KeyOf(engineName);
        _volumes[key] = Made.Said(
            ("name", isOurs ? null : Made.Text(engineName)),
            ("driver", driver is null ? null : Made.Text(driver)),
            ("driver_opts", Made.Texts(options)),
            ("labels", labels is null ? null : Made.Texts(labels)));
        return key;
    }

    /// <summary>A volume of the project's own.</summary>
    public string AddVolume(string key)
    {
        _volumes.TryAdd(key, Made.Map());
        return key;
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.UsageInvalid"/>: nobody can be called that.</exception>
    public static string CheckedName(string name) => AppNames.Of(name.Replace('_', '-')) == name.Replace('_', '-') ? name : throw new MesosDockerException(
        Fault.UsageInvalid, $"The name '{Printable.Of(name, 80)}' is none for a project: it has lower-case letters, digits, dashes and underscores, and begins with a letter or a digit.");

    // A key has letters, digits, dots, dashes and underscores; its name may have more.
    private static string KeyOf(string name) => string.Concat(name.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-'));

    private static SourceMap Map(OrderedDictionary<string, SourceNode> named) => Made.Map([.. named.Select(static pair => Made.Field(pair.Key, pair.Value))]);
}
