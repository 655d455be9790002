using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Starts the embedded cluster on this machine.</summary>
[Cmdlet(VerbsLifecycle.Start, "MesosDockerLocal", SupportsShouldProcess = true)]
[OutputType(typeof(LocalCluster))]
public sealed class StartMesosDockerLocalCommand : LocalCmdlet
{
    [Parameter(Position = 0)]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = 8080;

    [Parameter]
    [ValidateRange(1, 65535)]
    public int? AgentPort { get; set; }

    [Parameter]
    public SwitchParameter NoToken { get; set; }

    [Parameter]
    [ValidateRange(0.001, 100_000)]
    public double? Cpus { get; set; }

    [Parameter]
    [Alias("Mem")]
    [Megabytes]
    public decimal? Memory { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HookPath { get; set; }

    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = 30;

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string AssumedDirectory => LocalCluster.DefaultDirectory;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        LocalCluster? cluster = Find();
        if (cluster is null)
        {
            if (!ShouldProcess(FullDirectory, $"Start the embedded cluster at port {Port}"))
            {
                return;
            }

            var options = new LocalClusterOptions
            {
                WorkDirectory = FullDirectory,
                Port = Port,
                AgentPort = AgentPort,
                NoToken = NoToken,
                Cpus = Cpus,
                Memory = Memory,
                Hook = HookPath is null ? null : GetUnresolvedProviderPathFromPSPath(HookPath),
            };
            cluster = await OpenServer().StartAsync(options, TimeSpan.FromSeconds(TimeoutSeconds), cancellationToken);
        }
        else if (MyInvocation.BoundParameters.ContainsKey(nameof(Port)) && cluster.Uri.Port != Port)
        {
            throw new MesosDockerException(
                Fault.UsageInvalid, $"The embedded cluster of '{FullDirectory}' runs already, at {cluster.Uri}. Stop it first (Stop-MesosDockerLocal), or give another -WorkDirectory.");
        }
        else
        {
            WriteVerbose($"The embedded cluster of '{FullDirectory}' runs already.");
        }

        Follow(cluster);
        if (PassThru)
        {
            WriteObject(cluster);
        }
    }

    // Whoever starts a cluster means it by what follows, unless something else was chosen.
    private void Follow(LocalCluster cluster)
    {
        MarathonSession session = Session;
        session.Started = cluster;
        if (session.Connection is { } other && !other.Endpoints.Contains(cluster.Uri))
        {
            WriteWarning($"This session stays connected to {string.Join(", ", other.Endpoints)}. 'Disconnect-MesosDocker' lets it follow the embedded cluster at {cluster.Uri}.");
        }
    }
}
