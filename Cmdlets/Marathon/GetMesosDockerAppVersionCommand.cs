using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Lists the versions of apps, or shows some of them.</summary>
[Cmdlet(VerbsCommon.Get, "MesosDockerAppVersion")]
[OutputType(typeof(AppVersion))]
public sealed class GetMesosDockerAppVersionCommand : MarathonCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("AppId")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AppIdCompleter))]
    public string Id { get; set; } = "";

    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(VersionCompleter))]
    public string[] Version { get; set => field = value ?? []; } = [];

    protected override object? ErrorTarget => Id;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string id = AppPatterns.Absolute(Id);
        IReadOnlyList<string> versions = await Client.ListVersionsAsync(id, cancellationToken);
        foreach (AppVersion version in Version.Length == 0 ? AppVersion.All(id, versions) : [])
        {
            WriteObject(version);
        }

        foreach (string wanted in Version)
        {
            await AttemptAsync(wanted, async () =>
            {
                var version = AppVersion.Find(id, versions, wanted);
                WriteObject(version with { Definition = await Client.GetVersionAsync(id, version.Version, cancellationToken) });
            });
        }
    }
}
