using System.Management.Automation;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Base of the cmdlets that change which containerizer an agent uses. All of the work is the module's executable's.</summary>
public abstract class ContainerizerInstallationCmdlet : AsyncCmdlet
{
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TargetRoot { get; set; }

    protected override object? ErrorTarget => TargetRoot;

    /// <summary>The executable's verb.</summary>
    private protected abstract string Verb { get; }

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string[] target = TargetRoot is null ? [] : ["--target-root", GetUnresolvedProviderPathFromPSPath(TargetRoot)];
        InstallationReport planned = await RunAsync(["--dry-run", .. target], cancellationToken);
        if (!Agrees(planned))
        {
            return;
        }

        InstallationReport done = await RunAsync(target, cancellationToken);
        foreach (InstallationStep step in done.Steps)
        {
            WriteObject(step);
        }

        bool changed = done.Steps.Any(static step => IsChange(step) || step.Action == InstallationAction.Leave);
        foreach (string note in done.Notes)
        {
            Action<string> write = changed ? WriteWarning : WriteVerbose;
            write(note);
        }
    }

    private async Task<InstallationReport> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        // The build that starts on every Linux; which of the two it installs it decides itself.
        var program = new HookProgram
        {
            Path = Path.Combine(Path.GetDirectoryName(typeof(ContainerizerInstallationCmdlet).Assembly.Location)!, "linux-x64", "mesos-docker-static"),
            Environment = SettingsSources.OfThisProcess(null).Environment,
        };
        return InstallationReport.Parse(await program.PrintAsync(Verb, [.. arguments, "--json"], cancellationToken));
    }

    private static bool IsChange(InstallationStep step) => step.Action is not InstallationAction.Keep and not InstallationAction.Leave;

    /// <summary>Asks for each change. Half an installation is none: one refusal refuses all.</summary>
    private bool Agrees(InstallationReport planned)
    {
        bool all = true;
        foreach (InstallationStep step in planned.Steps.Where(IsChange))
        {
            all &= ShouldProcess(step.Path, $"{step.Action}: {step.Reason}");
        }

        return all;
    }
}
