namespace MesosDocker.Marathon;

/// <summary>Finds the app that is there under an id; null if there is none.</summary>
public delegate Task<App?> AppLookup(string id, CancellationToken cancellationToken);

public static class AppLookups
{
    /// <summary>Among apps that are at hand; of two with one id, the last one counts.</summary>
    public static AppLookup Among(IEnumerable<App> apps)
    {
        Dictionary<string, App> byId = [];
        foreach (App app in apps)
        {
            byId[PathId.Absolute(app.Id ?? "")] = app;
        }

        return (id, _) => Task.FromResult(byId.GetValueOrDefault(PathId.Absolute(id)));
    }
}
