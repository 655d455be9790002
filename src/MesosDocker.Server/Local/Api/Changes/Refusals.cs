namespace MesosDocker.Local;

/// <summary>The refusals that name one thing, in Marathon's words.</summary>
internal static class Refusals
{
    public static RefusedException NoApp(string id) => new(Refusal.NotFound, $"App '{id}' does not exist");

    public static RefusedException NoApp(string id, string version) => new(Refusal.NotFound, $"App '{id}' does not exist in version {version}");

    public static RefusedException NoGroup(string id) => new(Refusal.NotFound, $"Group '{id}' does not exist");

    public static RefusedException NoTask(string id) => new(Refusal.NotFound, $"Task '{id}' does not exist");

    public static RefusedException AppExists(string id) => new(Refusal.Exists, $"An app with id [{id}] already exists.");
}
