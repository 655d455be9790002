using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>What the apps of one project are called as its services, and so what they wait for.</summary>
internal sealed class RunningNames
{
    private readonly OrderedDictionary<string, string> _names = [];
    private readonly HashSet<string> _checked = [];
    private readonly string _group;
    private readonly string _project;

    /// <param name="group">In which the apps are; absolute.</param>
    /// <param name="apps">With absolute ids.</param>
    public RunningNames(string group, string project, IReadOnlyList<App> apps)
    {
        (_group, _project) = (group, project);
        string inside = group == "/" ? "/" : group + "/";
        IReadOnlyList<string> names = AppNames.Distinct(apps.Select(app => app.Id!.StartsWith(inside, StringComparison.Ordinal) ? app.Id[inside.Length..] : app.Id));
        for (int i = 0; i < apps.Count; i++)
        {
            _names[apps[i].Id!] = names[i];
            if (apps[i].HealthChecks?.Any(static check => check.Protocol == HealthProtocols.Command) == true)
            {
                _checked.Add(apps[i].Id!);
            }
        }
    }

    public string this[string id] => _names[id];

    /// <summary>What the app needs, and its id, which is that of a service now.</summary>
    public void Depend(ReturnCase draft, App app, App said)
    {
        KeyPath key = "dependencies";
        for (int i = 0; i < said.Dependencies?.Count; i++)
        {
            string needed = PathId.Absolute(said.Dependencies[i], app.Id!);
            string[] ids = [.. _names.Keys.Where(id => id == needed || id.StartsWith(needed + "/", StringComparison.Ordinal)).Where(id => id != app.Id)];
            if (ids.Length == 0)
            {
                draft.Fields.Lose(key[i], $"'{needed}' is not among the apps that became this project.", "Convert it together with them.");
                continue;
            }

            draft.Fields.Carry(key[i]);
            foreach (string id in ids)
            {
                draft.Service.Say(((KeyPath)"depends_on")[_names[id]]["condition"], Made.Text(_checked.Contains(id) ? "service_healthy" : "service_started"));
            }
        }

        Id(draft, app.Id!);
    }

    private void Id(ReturnCase draft, string id)
    {
        draft.Fields.Carry("id");
        if (id == $"/{_project}/{draft.Name}")
        {
            return;
        }

        bool isWhole = id == (_group == "/" ? $"/{draft.Name}" : $"{_group}/{draft.Name}");
        draft.Fields.Lose(
            "id", $"A compose project has a name and services, which are '{_project}' and '{draft.Name}' here.",
            isWhole ? $"ConvertTo-MesosDockerApp -As Group -Id {_group} gives it back." : null);
    }
}
