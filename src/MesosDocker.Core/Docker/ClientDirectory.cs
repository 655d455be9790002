namespace MesosDocker.Docker;

/// <summary>Where the docker client keeps its <c>config.json</c> and certificates.</summary>
internal static class ClientDirectory
{
    /// <summary>Null where there is neither an option nor a variable nor a home.</summary>
    public static string? Of(EngineOptions options, IReadOnlyDictionary<string, string> environment)
    {
        string variable = environment.GetValueOrDefault("DOCKER_CONFIG", "");
        return options.ConfigDirectory ?? (variable.Length > 0 ? variable
            : HomeOf(environment) is { } home ? Path.Combine(home, ".docker")
            : null);
    }

    public static string? HomeOf(IReadOnlyDictionary<string, string> environment)
    {
        string home = environment.GetValueOrDefault(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME", "");
        return home.Length > 0 ? home : null;
    }
}
