namespace MesosDocker.Compose;

/// <summary>Variables that mean something to compose itself.</summary>
internal static class VariableNames
{
    public const string ProjectName = "COMPOSE_PROJECT_NAME";
    public const string Profiles = "COMPOSE_PROFILES";
    public const string Home = "HOME";
}
