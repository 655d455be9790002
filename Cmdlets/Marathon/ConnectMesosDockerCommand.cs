using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Chooses the Marathon that the other cmdlets of this session talk to.</summary>
[Cmdlet(VerbsCommunications.Connect, "MesosDocker")]
[OutputType(typeof(ConnectedMarathon))]
public sealed class ConnectMesosDockerCommand : ConnectingCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[]? Uri { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? WorkDirectory { get; set; }

    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = 30;

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override object? ErrorTarget => Uri;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var session = new MarathonSession(MyInvocation.MyCommand);
        LocalCluster? local = WorkDirectory is null ? null : FindLocal(WorkDirectory);
        MarathonConnection? said = Uri is not null ? MarathonAddress.Parse(Uri) : local is null ? null : new MarathonConnection { Endpoints = [local.Uri] };
        MarathonConnection connection = With(session.Resolve(said, local)) with
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        };
        using var client = new MarathonClient(connection);
        MarathonInfo info = await client.GetInfoAsync(cancellationToken);
        session.Connection = connection;
        if (PassThru)
        {
            WriteObject(ConnectedMarathon.Of(connection, info));
        }
    }

    private LocalCluster FindLocal(string directory)
        => LocalCluster.Find(GetUnresolvedProviderPathFromPSPath(directory)) ?? throw new MesosDockerException(
            Fault.FileUnreadable, $"'{directory}' is not the directory of an embedded cluster. Start-MesosDockerLocal -WorkDirectory makes one.");
}
