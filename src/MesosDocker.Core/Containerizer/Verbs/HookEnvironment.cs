using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>What a call of the hook works with.</summary>
internal sealed class HookEnvironment
{
    private const string WorkDirectoryVariable = "MESOS_WORK_DIRECTORY";

    private readonly Lazy<SettingsResult> _settings;

    public HookEnvironment(SettingsSources sources, string executable, string? root)
    {
        Sources = sources;
        Executable = executable;
        _settings = new Lazy<SettingsResult>(() => SettingsReader.Read(sources));
        Root = root;
    }

    public SettingsSources Sources { get; }

    /// <summary>This program's own file.</summary>
    public string Executable { get; }

    public IReadOnlyDictionary<string, string> Environment => Sources.Environment;

    public SettingsResult Settings => _settings.Value;

    /// <summary>Where containers are kept, if a caller named it; null: as configured.</summary>
    public string? Root { get; }

    public string StateRoot => Root ?? Settings.StateRoot;

    /// <summary>The agent's, in which only its own containers are; null: the caller is no agent.</summary>
    public string? WorkDirectory => Environment.GetValueOrDefault(WorkDirectoryVariable) is { Length: > 0 } path
        ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))
        : null;

    /// <summary>The call that this process is, to tell which of two an agent made first. A person's shell made none: it has been there
    /// for long.</summary>
    public ProcessIdentity Call => WorkDirectory is null ? ProcessIdentity.Self() : ProcessIdentity.OfCall();

    /// <summary>For reading.</summary>
    public StateStore Store => StateStore.At(StateRoot);

    /// <summary>For a person's question: without a right to look inside, everything would seem to be missing.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.StateUnusable"/>, <see cref="Fault.PlatformUnsupported"/>.</exception>
    public void RequireReadable()
    {
        Posix.RequireLinux("The state of containers");
        try
        {
            if (Directory.Exists(StateRoot))
            {
                _ = Directory.GetFileSystemEntries(StateRoot);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new MesosDockerException(
                Fault.StateUnusable, $"The state root '{StateRoot}' is another user's; run as that one, usually root.", e);
        }
    }

    public SupervisorLauncher Launcher => new(Executable, Environment);

    public Log OpenLog() => Log.Open(Settings.AsFarAsRead.Log.Console, Settings.AsFarAsRead.Log.Syslog);

    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/></exception>
    public DockerEngine OpenEngine() => new(EngineAddress.Resolve(Settings.Require().Engine, Environment));
}
