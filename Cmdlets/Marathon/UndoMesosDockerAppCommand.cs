using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Brings apps back to a version that they had.</summary>
[Cmdlet(VerbsCommon.Undo, "MesosDockerApp", SupportsShouldProcess = true)]
[OutputType(typeof(ChangedApp))]
public sealed class UndoMesosDockerAppCommand : ChangedAppCmdlet
{
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VersionCompleter))]
    public string Version { get; set; } = "-1";

    private protected override string Action => $"Bring app back to version {Version}";

    private protected override Task PreviewAsync(string id, CancellationToken cancellationToken) => FindAsync(id, cancellationToken);

    private protected override async Task<DeploymentResult> ChangeAsync(string id, bool force, CancellationToken cancellationToken)
        => await Client.PutAppAsync(
            new App { Id = id, Version = (await FindAsync(id, cancellationToken)).Version }, force, cancellationToken);

    private async Task<AppVersion> FindAsync(string id, CancellationToken cancellationToken)
        => AppVersion.Find(id, await Client.ListVersionsAsync(id, cancellationToken), Version);
}
