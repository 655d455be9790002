using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Brings apps back to a version that they had.</summary>
[Cmdlet(VerbsCommon.Undo, "MesosDockerApp", SupportsShouldProcess = true)]
[OutputType(typeof(ChangedApp))]
public sealed class UndoMesosDockerAppCommand : ChangedAppCmdlet
{
    // By its moment, once that is known.
    private string? _found;

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VersionCompleter))]
    public string Version { get; set; } = "-1";

    private protected override string Action => $"Bring app back to version {_found ?? Version}";

    private protected override async Task PreviewAsync(string id, CancellationToken cancellationToken)
        => _found = (await FindAsync(id, cancellationToken)).Version;

    private protected override async Task<DeploymentResult> ChangeAsync(string id, bool force, CancellationToken cancellationToken)
        => await Client.PutAppAsync(
            new App { Id = id, Version = (await FindAsync(id, cancellationToken)).Version }, force, cancellationToken);

    private async Task<AppVersion> FindAsync(string id, CancellationToken cancellationToken)
        => AppVersion.Find(id, await Client.ListVersionsAsync(id, cancellationToken), Version);
}
