using System.Management.Automation;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Undoes what Install-Containerizer did.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "Containerizer", SupportsShouldProcess = true)]
[OutputType(typeof(InstallationStep))]
public sealed class UninstallContainerizerCommand : ContainerizerInstallationCmdlet
{
    private protected override string Verb => "uninstall";
}
