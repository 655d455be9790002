using System.Management.Automation;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Shows the settings that are in force, and where each comes from.</summary>
[Cmdlet(VerbsCommon.Get, "ContainerizerConfig")]
[OutputType(typeof(SettingInForce))]
public sealed class GetContainerizerConfigCommand : ConfiguredCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SettingNameCompleter))]
    public string[] Name { get; set => field = value ?? ["*"]; } = ["*"];

    private SettingsResult? _settings;

    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _settings = SettingsReader.Read(Sources);
        WriteVerbose(_settings.File is { } file ? $"The configuration is '{file}'." : "There is no configuration file.");
        foreach (string note in _settings.Notes)
        {
            WriteVerbose(note);
        }

        foreach (SettingProblem problem in _settings.Problems)
        {
            WriteWarning(problem.ToString());
        }

        return Task.CompletedTask;
    }

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        foreach (string name in Name)
        {
            WildcardPattern wanted = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            SettingInForce[] found = [.. _settings!.InForce.Where(setting => wanted.IsMatch(setting.Name) || wanted.IsMatch(setting.Key))];
            WriteObject(found, enumerateCollection: true);
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            {
                var error = new MesosDockerException(
                    Fault.SettingUnknown, $"There is no setting '{name}'. Write section and key, such as log.max_size, the key alone, or a pattern.");
                WriteError(ErrorRecords.From(error, name));
            }
        }

        return Task.CompletedTask;
    }
}
