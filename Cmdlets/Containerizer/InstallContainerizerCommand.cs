using System.Management.Automation;
using MesosDocker.Containerizer;

namespace MesosDocker.Commands;

/// <summary>Makes the Mesos agent of this machine use the containerizer.</summary>
[Cmdlet(VerbsLifecycle.Install, "Containerizer", SupportsShouldProcess = true)]
[OutputType(typeof(InstallationStep))]
public sealed class InstallContainerizerCommand : ContainerizerInstallationCmdlet
{
    private protected override string Verb => "install";
}
