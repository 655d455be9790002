using MesosDocker.Containerizer;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Configuration;

/// <summary>docs/configuration.md is written by hand and says what the table says.</summary>
public sealed class ConfigurationDocumentTests
{
    private static readonly string s_document = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "configuration.md"));

    [Fact]
    public void EveryRow_IsInTheDocument_UnderItsSection_AndNothingElse()
    {
        Dictionary<string, string> sections = s_document.Split("\n### ")
            .Skip(1)
            .ToDictionary(static text => text[..text.IndexOf('\n', StringComparison.Ordinal)], static text => text);

        Assert.Equal(SettingsTable.Sections.Select(static section => $"[{section}]"), sections.Keys);
        foreach (string section in SettingsTable.Sections)
        {
            IEnumerable<string> rows = sections[$"[{section}]"].Split('\n').Where(static line => line.StartsWith("| `", StringComparison.Ordinal));
            Assert.Equal(SettingsTable.Rows.Where(row => row.Section == section).Select(Line), rows);
        }
    }

    [Fact]
    public void EveryPlaceAndVariable_IsInTheDocument()
    {
        IEnumerable<string> foreign = SettingsTable.Rows
            .SelectMany(static row => (string?[])[row.ForeignVariable, row.WeakVariable])
            .OfType<string>();

        Assert.All(
            [.. SettingsSearch.Places, .. foreign, SettingsSearch.FileVariable, ClientArguments.Variable],
            static word => Assert.Contains($"`{word}`", s_document));
    }

    [Fact]
    public void TheExampleOfTheDocument_IsAConfiguration()
    {
        string example = s_document.Split("```ini\n")[1].Split("```")[0];

        SettingsResult result = Sources.Read(example);

        Assert.Empty(result.Problems);
        Assert.Empty(result.Notes);
        Assert.NotEqual(new ContainerizerSettings(), result.Settings);
    }

    private static string Line(Setting row)
    {
        string value = row.Default.Length == 0 ? "none" : $"`{row.Default}`";
        return $"| `{row.Key}` | {row.Allowed} | {value} | {row.Description} | `{row.Variable}` |";
    }
}
