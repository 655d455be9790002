using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <param name="Content">No more than one byte over <see cref="IniFile.MaxBytes"/>.</param>
internal sealed record ConfigurationFile(string Path, byte[] Content);

/// <summary>
/// Finds the one configuration file: the first of a list that is there and that no task can have put there. Deimos looked first
/// into the working directory, which for the agent's calls is the sandbox of a task.
/// </summary>
internal sealed class SettingsSearch(SettingsSources sources, SettingProblems problems)
{
    /// <summary>Names the file. It cannot be <c>MESOS_DOCKER_CONFIG</c>: that is the agent's own flag <c>--docker_config</c>, and an
    /// agent of 1.0 that finds the path of our file there does not start.</summary>
    public const string FileVariable = "MESOS_DOCKER_CONFIG_FILE";

    private const string InWorkingDirectory = "deimos.cfg";
    private const string InHome = ".deimos";

    private readonly ConfigurationFiles _files = sources.Files;

    public static IReadOnlyList<string> Places { get; } =
        ["/etc/deimos.cfg", "/usr/etc/deimos.cfg", "/usr/local/etc/deimos.cfg", "/etc/mesos-docker.cfg"];

    /// <summary>Null if there is none, or it cannot be used; that is a problem then.</summary>
    public ConfigurationFile? Find()
    {
        if (sources.File is { } named)
        {
            return OpenNamed(named, "there is no such file");
        }

        if (sources.Variable(FileVariable) is { } set)
        {
            return FindSet(set);
        }

        string? found = Candidates().FirstOrDefault(path => IsThere(path) && IsTrusted(path));
        return found is null ? null : Open(found);
    }

    private static bool IsInSandbox(TrustedFile file) => file.Directories.Any(static directory
        => directory.Contains("/executors/", StringComparison.Ordinal) && directory.Contains("/runs/", StringComparison.Ordinal));

    private static void AddIf(List<string> candidates, string? directory, string name)
    {
        if (directory is not null)
        {
            candidates.Add(Path.Combine(directory, name));
        }
    }

    private List<string> Candidates()
    {
        List<string> candidates = [];
        AddIf(candidates, sources.WorkingDirectory, InWorkingDirectory);
        AddIf(candidates, sources.Home, InHome);
        candidates.AddRange(sources.Places);
        return candidates;
    }

    // A file that somebody asked for by name and that cannot be used is not passed over for another.
    private ConfigurationFile? FindSet(string path)
    {
        if (!Path.IsPathFullyQualified(path))
        {
            string shown = Printable.Of(path, SettingProblem.LongestShown);
            problems.Add(new SettingProblem { Variable = FileVariable, Message = $"'{shown}' is not an absolute path" });
            return null;
        }

        if (_files.User is not null && RefusalOf(path) is { } refusal)
        {
            problems.Add(new SettingProblem
            {
                File = path, Message = $"is refused: {refusal}", Fault = Fault.ConfigurationUntrusted,
            });
            return null;
        }

        return OpenNamed(path, $"there is no such file; {FileVariable} names it");
    }

    private ConfigurationFile? OpenNamed(string path, string missing)
    {
        if (IsThere(path))
        {
            return Open(path);
        }

        problems.Add(new SettingProblem { File = path, Message = missing });
        return null;
    }

    private bool IsThere(string path) => _files.User is { } user
        ? PathTrust.Follow(path, _files, user).Path is not null
        : _files.Exists(path);

    private bool IsTrusted(string path)
    {
        string? refusal = _files.User is null ? null : RefusalOf(path);
        if (refusal is not null)
        {
            problems.Note($"{Printable.Of(path)} is refused as configuration: {refusal}");
        }

        return refusal is null;
    }

    private string? RefusalOf(string path)
    {
        TrustedFile file = PathTrust.Follow(path, _files, _files.User ?? 0);
        if (IsBelow(file, "MESOS_DIRECTORY") || IsInSandbox(file))
        {
            return "it lies in the sandbox of a task";
        }

        // Only there: the home of the agent's user, too, may be the agent's work directory.
        bool isLocal = sources.WorkingDirectory is { } directory && path == Path.Combine(directory, InWorkingDirectory);
        return isLocal && IsBelow(file, "MESOS_WORK_DIRECTORY") ? "it lies in the agent's work directory" : file.Refusal;
    }

    private bool IsBelow(TrustedFile file, string variable)
        => sources.Variable(variable) is ['/', _, ..] directory
            && file.Directories.Contains(PathTrust.Resolve(directory, _files));

    private ConfigurationFile? Open(string path)
    {
        try
        {
            if (_files.User is null || IsRegular(path))
            {
                return new ConfigurationFile(path, _files.Read(path, IniFile.MaxBytes + 1));
            }

            problems.Add(new SettingProblem { File = path, Message = "is not a regular file" });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new SettingProblem { File = path, Message = $"cannot be read: {Printable.Of(e.Message)}" });
        }

        return null;
    }

    // A pipe would be waited for.
    private bool IsRegular(string path) => _files.OwnerOf(PathTrust.Resolve(path, _files)) is { IsRegular: true };
}
