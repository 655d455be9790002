using System.Collections;
using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>How definitions are read from PowerShell.</summary>
internal static class DefinitionReading
{
    public static DefinitionReader Reader(IEnumerable<KeyValuePair<string, string>> variables, string? group, bool expand)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in variables)
        {
            given[name] = value;
        }

        return new DefinitionReader(Adapters.Yaml(), new DefinitionOptions
        {
            Variables = given,
            Environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
                .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
            Expand = expand,
            Group = group ?? "/",
        });
    }

    /// <summary>What text that comes from no file is called.</summary>
    public static DocumentText Text(string text) => new("text", text);
}
