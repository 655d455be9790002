using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>What a configuration file says, put into a draft. Everything in it is either understood or a problem.</summary>
internal sealed class FileSettings(string file, SettingsDraft draft, SettingProblems problems)
{
    private readonly HashSet<string> _inherited = [];
    private readonly Dictionary<Setting, int> _lines = [];

    public void Apply(IniFile ini)
    {
        foreach (IniSection section in ini.Sections)
        {
            if (SettingsTable.Sections.Contains(section.Name))
            {
                ApplyDefaults(section.Name, ini);
            }
            else
            {
                problems.Add(() => Unknown(section));
            }
        }

        foreach (IniEntry entry in ini.Entries.Where(static entry => SettingsTable.Sections.Contains(entry.Section)))
        {
            Apply(entry, ini);
        }

        foreach (IniEntry entry in ini.Defaults.Where(entry => !_inherited.Contains(entry.Key) && !ini.IsReferredTo(entry.Key)))
        {
            problems.Add(Problem(entry, "no section here has such a key, and no value refers to it"));
        }
    }

    // The section's own keys come later and are stronger.
    private void ApplyDefaults(string section, IniFile ini)
    {
        foreach (IniEntry entry in ini.Defaults.Where(entry => SettingsTable.Find(section, entry.Key) is not null))
        {
            _ = _inherited.Add(entry.Key);
            if (!ini.Entries.Any(own => own.Section == section && own.Key == entry.Key))
            {
                Apply(entry with { Section = section }, ini);
            }
        }
    }

    private void Apply(IniEntry entry, IniFile ini)
    {
        if (SettingsTable.Find(entry.Section, entry.Key) is { } setting)
        {
            Apply(setting, entry, ini);
        }
        else if (SettingsTable.IsWithoutEffect(entry.Section, entry.Key))
        {
            problems.Note($"{file}:{entry.Line}: [{entry.Section}] {entry.Key} has no effect: there is no docker client here");
        }
        else
        {
            problems.Add(() => Problem(entry, UnknownKey(entry)));
        }
    }

    private void Apply(Setting setting, IniEntry entry, IniFile ini)
    {
        // The same setting by two of its spellings.
        if (!_lines.TryAdd(setting, entry.Line))
        {
            problems.Note($"{file}:{entry.Line}: [{entry.Section}] {entry.Key} replaces the one of line {_lines[setting]}");
            _lines[setting] = entry.Line;
        }

        if (ini.Resolve(entry) is { } value)
        {
            draft.Apply(setting, value, new SettingOrigin(SettingSource.File) { File = file, Line = entry.Line });
        }
    }

    private static string UnknownKey(IniEntry entry)
    {
        IEnumerable<Setting> rows = SettingsTable.Rows.Where(row => row.Section == entry.Section);
        if (NearestName.Of(entry.Key, rows.Select(static row => row.Key)) is { } near)
        {
            return $"there is no such setting; perhaps {near} is meant";
        }

        if (entry.Section == SettingsTable.ClientSection)
        {
            return SettingsTable.ClientOptionUnknown;
        }

        return SettingsTable.Rows.FirstOrDefault(row => row.Key == entry.Key) is { } elsewhere
            ? $"there is no such setting; perhaps the one in [{elsewhere.Section}] is meant"
            : $"there is no such setting; there are {string.Join(", ", rows.Select(static row => row.Key))}";
    }

    private SettingProblem Unknown(IniSection section) => new()
    {
        File = file,
        Line = section.Line,
        Section = Printable.Of(section.Name, SettingProblem.LongestShown),
        Message = NearestName.Of(section.Name, SettingsTable.Sections) is { } near
            ? $"there is no such section; perhaps [{near}] is meant"
            : $"there is no such section; there are {string.Join(", ", SettingsTable.Sections)}",
    };

    private SettingProblem Problem(IniEntry entry, string message) => new()
    {
        File = file,
        Line = entry.Line,
        Section = entry.Section,
        Key = Printable.Of(entry.Key, SettingProblem.LongestShown),
        Message = message,
    };
}
