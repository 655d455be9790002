using System.Management.Automation;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Tells what is wrong with a configuration.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ContainerizerConfig")]
[OutputType(typeof(SettingProblem), typeof(bool))]
public sealed class TestContainerizerConfigCommand : ConfiguredCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override object? ErrorTarget => Path ?? ConfigPath;

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        SettingsSources sources = Sources;
        SettingsResult settings = SettingsReader.Read(sources with { File = FullPath(Path) ?? sources.File });
        foreach (string note in settings.Notes)
        {
            WriteVerbose(note);
        }

        if (Quiet)
        {
            WriteObject(settings.Problems.Count == 0);
        }
        else
        {
            WriteObject(settings.Problems, enumerateCollection: true);
        }

        return Task.CompletedTask;
    }
}
