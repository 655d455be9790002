namespace MesosDocker.Compose;

/// <summary>The files that compose looks for where nobody names one, in the order in which it prefers them (compose specification,
/// "Compose file").</summary>
public static class ComposeFileNames
{
    private static readonly string[] s_overrides = ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

    public static IReadOnlyList<string> Main { get; } = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

    /// <returns>One file, perhaps with one to be laid over it; empty: there is none.</returns>
    public static IReadOnlyList<string> Among(Func<string, bool> isThere)
        => Main.FirstOrDefault(isThere) is not { } main ? []
            : s_overrides.FirstOrDefault(isThere) is { } over ? [main, over]
            : [main];
}
