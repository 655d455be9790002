using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>A configuration as people and programs read it.</summary>
public static class SettingsListing
{
    /// <summary>A configuration file that means what is in force, with a comment above each key that says what it is and where it
    /// came from. What is wrong stands on top.</summary>
    public static string ToText(SettingsResult result)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(Printable.Of(result.File ?? "There is no configuration file")).Append('\n');
        foreach (SettingProblem problem in result.Problems)
        {
            text.Append("# PROBLEM ").Append(Printable.Of(problem.ToString())).Append('\n');
        }

        foreach (string note in result.Notes)
        {
            text.Append("# note: ").Append(Printable.Of(note)).Append('\n');
        }

        foreach (IGrouping<string, SettingInForce> section in result.InForce.GroupBy(static setting => setting.Section))
        {
            text.Append("\n[").Append(section.Key).Append("]\n");
            foreach (SettingInForce setting in section)
            {
                text.Append("# ").Append(setting.Description).Append(" (").Append(Printable.Of(setting.Origin)).Append(")\n");
                text.Append(setting.Key).Append(" =").Append(Written(setting.Value)).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>One JSON object: <c>file</c>, <c>stateRoot</c>, <c>problems</c>, <c>notes</c> and <c>settings</c>.</summary>
    public static string ToJson(SettingsResult result) => JsonSerializer.Serialize(
        new SettingsReport(result.File, result.StateRoot, result.Problems, result.Notes, result.InForce),
        ConfigurationJson.Default.SettingsReport);

    // Percent signs are references, and a semicolon behind white space is a comment, unless it stands in a line that continues.
    private static string Written(string value)
    {
        string literal = value.Replace("%", "%%", StringComparison.Ordinal);
        return value.Length == 0 ? "" : literal.Contains(';') ? "\n    " + literal : " " + literal;
    }
}

internal sealed record SettingsReport(
    string? File,
    string StateRoot,
    IReadOnlyList<SettingProblem> Problems,
    IReadOnlyList<string> Notes,
    IReadOnlyList<SettingInForce> Settings);

/// <summary>What the <c>config</c> verb writes as JSON.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(SettingsReport))]
internal sealed partial class ConfigurationJson : JsonSerializerContext;
