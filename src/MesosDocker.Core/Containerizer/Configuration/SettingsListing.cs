using System.Text;
using System.Text.Json;
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
    public static string ToJson(SettingsResult result)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Readable))
        {
            json.Write(result, static (inner, all) =>
            {
                inner.Put("file", all.File);
                inner.Put("stateRoot", all.StateRoot);
                inner.PutList("problems", all.Problems, WriteProblem);
                inner.Put("notes", all.Notes);
                inner.PutList("settings", all.InForce, WriteSetting);
            });
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteProblem(Utf8JsonWriter json, SettingProblem problem)
    {
        json.Put("fault", problem.Fault.ToString());
        json.Put("file", problem.File);
        json.Put("line", (long?)problem.Line);
        json.Put("section", problem.Section);
        json.Put("key", problem.Key);
        json.Put("variable", problem.Variable);
        json.Put("value", problem.Value);
        json.Put("allowed", problem.Allowed);
        json.Put("message", problem.Message);
    }

    private static void WriteSetting(Utf8JsonWriter json, SettingInForce setting)
    {
        json.Put("section", setting.Section);
        json.Put("key", setting.Key);
        json.Put("value", setting.Value);
        json.Put("source", setting.Source.ToString());
        json.Put("file", setting.File);
        json.Put("line", (long?)setting.Line);
        json.Put("variable", setting.Variable);
        json.Put("default", setting.Default);
        json.Put("description", setting.Description);
        json.Put("override", setting.Override);
    }

    // Percent signs are references, and a semicolon behind white space is a comment, unless it stands in a line that continues.
    private static string Written(string value)
    {
        string literal = value.Replace("%", "%%", StringComparison.Ordinal);
        return value.Length == 0 ? "" : literal.Contains(';') ? "\n    " + literal : " " + literal;
    }
}
