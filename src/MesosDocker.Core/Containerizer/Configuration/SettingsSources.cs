using System.Collections;

namespace MesosDocker.Containerizer;

/// <summary>Where a configuration is read from: <see cref="OfThisProcess"/>, or what a test gives.</summary>
public sealed record SettingsSources
{
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Absolute; null if there is none any more.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Absolute; null if unknown.</summary>
    public string? Home { get; init; }

    /// <summary>Exactly this file, instead of a search; whoever names it vouches for it.</summary>
    public string? File { get; init; }

    internal ConfigurationFiles Files { get; init; } = new MachineFiles();

    /// <summary>Where a file is looked for behind the working directory and the home.</summary>
    internal IReadOnlyList<string> Places { get; init; } = SettingsSearch.Places;

    /// <param name="file">Exactly this file, instead of a search; null: search.</param>
    public static SettingsSources OfThisProcess(string? file)
    {
        Dictionary<string, string> environment = System.Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(static pair => (string)pair.Key, static pair => (string?)pair.Value ?? "", StringComparer.Ordinal);
        return Of(environment, CurrentDirectory(), file);
    }

    /// <summary>Those of a program that is called so.</summary>
    /// <param name="file">Exactly this file, instead of a search; null: search.</param>
    public static SettingsSources Of(IReadOnlyDictionary<string, string> environment, string? workingDirectory, string? file) => new()
    {
        Environment = environment,
        WorkingDirectory = workingDirectory,
        Home = HomeOf(environment),
        File = file is null ? null : Path.GetFullPath(file),
    };

    /// <summary>Null if the variable is not set, or empty.</summary>
    internal string? Variable(string name)
        => Environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private static string? CurrentDirectory()
    {
        try
        {
            return Directory.GetCurrentDirectory();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Removed under us, as sandboxes are.
            return null;
        }
    }

    // An agent started by the system has no HOME; the user's own directory is meant then.
    private static string? HomeOf(IReadOnlyDictionary<string, string> environment)
    {
        string home = environment.GetValueOrDefault("HOME") is { Length: > 0 } set
            ? set
            : System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        return Path.IsPathFullyQualified(home) ? home : null;
    }
}
