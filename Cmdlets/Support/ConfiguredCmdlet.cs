using System.Management.Automation;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Base of every cmdlet that reads the containerizer's configuration.</summary>
public abstract class ConfiguredCmdlet : AsyncCmdlet
{
    [Parameter]
    [Alias("Config")]
    [ValidateNotNullOrEmpty]
    public string? ConfigPath { get; set; }

    [Parameter]
    [Alias("Env")]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Environment { get; set => field = value ?? []; } = [];

    private protected string CurrentDirectory => SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    private protected SettingsSources Sources
    {
        get
        {
            SettingsSources own = SettingsSources.OfThisProcess(FullPath(ConfigPath));

            // PowerShell's location, which is not the process's.
            return own with { Environment = With(own.Environment, Environment), WorkingDirectory = CurrentDirectory };
        }
    }

    private protected static Dictionary<string, string> With(
        IReadOnlyDictionary<string, string> environment, IEnumerable<KeyValuePair<string, string>> changes)
    {
        var changed = new Dictionary<string, string>(environment, StringComparer.Ordinal);
        foreach ((string name, string value) in changes)
        {
            changed[name] = value;
        }

        return changed;
    }

    private protected string? FullPath(string? path) => path is null ? null : GetUnresolvedProviderPathFromPSPath(path);
}
