using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>A report for people: each file with what becomes of it, below it the reason, then the notes.</summary>
internal static class InstallationText
{
    private const int ActionWidth = 9;

    public static string Of(InstallationReport report)
    {
        var text = new StringBuilder();
        foreach (InstallationStep step in report.Steps)
        {
            text.Append(Word(step.Action).PadRight(ActionWidth)).Append(step.Path).Append(Contents(step)).Append('\n');
            text.Append(' ', ActionWidth).Append(step.Reason).Append('\n');
        }

        if (report.Steps.Count > 0 && report.Notes.Count > 0)
        {
            text.Append('\n');
        }

        foreach (string note in report.Notes)
        {
            text.Append(note).Append('\n');
        }

        return text.ToString().TrimEnd('\n');
    }

    private static string Word(InstallationAction action) => action switch
    {
        InstallationAction.Create => "create",
        InstallationAction.Change => "change",
        InstallationAction.Restore => "restore",
        InstallationAction.Remove => "remove",
        InstallationAction.Leave => "leave",
        _ => "keep",
    };

    /// <summary>What fits on a line: the files of flags hold one value each.</summary>
    private static string Contents(InstallationStep step) => (OneLine(step.Before), OneLine(step.After), step.Action) switch
    {
        (var before, _, InstallationAction.Keep) => before is null ? "" : $": {before}",
        ({ } before, { } after, _) => $": {before} -> {after}",
        (null, { } after, InstallationAction.Create) => $": {after}",
        _ => "",
    };

    private static string? OneLine(string? content)
        => content?.TrimEnd() is { Length: > 0 } line && !line.Contains('\n') ? Printable.Of(line) : null;
}
