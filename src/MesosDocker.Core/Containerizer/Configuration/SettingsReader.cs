using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>
/// Reads the configuration: one file and the environment. Weakest first: the defaults; what the agent says of its own machine
/// (<c>MESOS_NATIVE_LIBRARY</c>); the file; what the agent's operator says to it or said to an older tool
/// (<c>MESOS_DEFAULT_CONTAINER_IMAGE</c>, <c>CONTAINERIZER_DOCKER_ARGS</c>); our own variables.
/// </summary>
public static class SettingsReader
{
    /// <summary>Reads everything there is to read; nothing that is wrong keeps the rest from being read.</summary>
    public static SettingsResult Read(SettingsSources sources)
    {
        var problems = new SettingProblems();
        var draft = new SettingsDraft(problems);
        ConfigurationFile? file = new SettingsSearch(sources, problems).Find();

        ApplyVariables(draft, sources, static row => row.WeakVariable);
        if (file is not null)
        {
            new FileSettings(file.Path, draft, problems).Apply(IniFile.Parse(file.Path, file.Content, problems));
        }

        ApplyVariables(draft, sources, static row => row.ForeignVariable);
        ApplyClientArguments(draft, sources, problems);
        ApplyVariables(draft, sources, static row => row.Variable);
        FindUnknownVariables(sources, problems);

        return new SettingsResult
        {
            AsFarAsRead = draft.Settings,
            Problems = problems.Problems,
            Notes = problems.Notes,
            File = file?.Path,
            InForce = draft.InForce(),
        };
    }

    private static void ApplyVariables(SettingsDraft draft, SettingsSources sources, Func<Setting, string?> nameOf)
    {
        foreach (Setting row in SettingsTable.Rows)
        {
            if (nameOf(row) is { } name && sources.Variable(name) is { } value)
            {
                draft.Apply(row, value, new SettingOrigin(SettingSource.Environment) { Variable = name });
            }
        }
    }

    private static void ApplyClientArguments(SettingsDraft draft, SettingsSources sources, SettingProblems problems)
    {
        if (sources.Variable(ClientArguments.Variable) is not { } text)
        {
            return;
        }

        // Of an option that is given more than once the last one holds; only the hosts are a list.
        var origin = new SettingOrigin(SettingSource.Environment) { Variable = ClientArguments.Variable };
        List<ClientArgument> arguments = ClientArguments.Parse(text, problems);
        foreach (IGrouping<string, ClientArgument> option in arguments.GroupBy(static argument => argument.Key))
        {
            List<string> values = [.. option.Select(static argument => argument.Value)];
            if (SettingsTable.Find(SettingsTable.ClientSection, option.Key) is { } row)
            {
                draft.Apply(row, values.Count > 1 && row.Key == "host" ? JsonWords.Write(values) : values[^1], origin);
            }
            else
            {
                problems.Note($"{ClientArguments.Variable}: --{option.Key} has no effect: there is no docker client here");
            }
        }
    }

    private static bool NamesASection(string variable) => SettingsTable.Sections
        .Any(section => variable.StartsWith(Setting.VariablePrefixOf(section), StringComparison.Ordinal));

    private static string WithoutPrefix(string name) => name[Setting.VariablePrefix.Length..];

    // Mesos has variables of its own that begin like ours (MESOS_DOCKER_SOCKET), so only what is plainly meant for us is judged.
    private static void FindUnknownVariables(SettingsSources sources, SettingProblems problems)
    {
        string[] known = [.. SettingsTable.Rows.Select(static row => row.Variable), SettingsSearch.FileVariable];
        IEnumerable<string> ours = sources.Environment.Keys
            .Where(name => name.StartsWith(Setting.VariablePrefix, StringComparison.Ordinal) && !known.Contains(name))
            .Order(StringComparer.Ordinal);
        foreach (string name in ours)
        {
            string? near = NearestName.Of(WithoutPrefix(name), known.Select(WithoutPrefix));
            if (near is not null || NamesASection(name))
            {
                string advice = near is null ? "" : $"; perhaps {Setting.VariablePrefix}{near} is meant";
                problems.Add(new SettingProblem
                {
                    Variable = Printable.Of(name, SettingProblem.LongestShown), Message = $"there is no such setting{advice}",
                });
            }
        }
    }
}
