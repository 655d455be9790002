using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>Who says what a setting is.</summary>
internal sealed record SettingOrigin(SettingSource Source)
{
    public string? File { get; init; }

    public int? Line { get; init; }

    public string? Variable { get; init; }
}

/// <summary>Settings while they are put together, each knowing where it came from.</summary>
internal sealed class SettingsDraft(SettingProblems problems)
{
    private readonly Dictionary<Setting, SettingOrigin> _origins = [];

    public ContainerizerSettings Settings { get; private set; } = new();

    /// <summary>Sets one setting, whatever it was before; a value that is not allowed is a problem and changes nothing.</summary>
    public void Apply(Setting setting, string value, SettingOrigin origin)
    {
        if (setting.Apply(Settings, value) is { } changed)
        {
            Settings = changed;
            _origins[setting] = origin;
            return;
        }

        problems.Add(new SettingProblem
        {
            File = origin.File,
            Line = origin.Line,
            Variable = origin.Variable,
            Section = setting.Section,
            Key = setting.Key,
            Value = Printable.Of(value, SettingProblem.LongestShown),
            Allowed = setting.Allowed,
            Message = $"write {setting.Allowed}{Hint(value)}",
        });
    }

    public IReadOnlyList<SettingInForce> InForce() => [.. SettingsTable.Rows.Select(InForce)];

    private static string Hint(string value)
        => value.Contains("\n#", StringComparison.Ordinal) || value.Contains("\n;", StringComparison.Ordinal)
            ? "; an indented comment is part of the value above it, so let comments begin in the first column"
            : "";

    private SettingInForce InForce(Setting setting)
    {
        SettingOrigin origin = _origins.GetValueOrDefault(setting) ?? new SettingOrigin(SettingSource.Default);
        return new SettingInForce
        {
            Section = setting.Section,
            Key = setting.Key,
            Value = setting.ValueIn(Settings),
            Source = origin.Source,
            File = origin.File,
            Line = origin.Line,
            Variable = origin.Variable,
            Default = setting.Default,
            Description = setting.Description,
            Override = setting.Variable,
        };
    }
}
