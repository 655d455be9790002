using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Base of every cmdlet that sees to the embedded cluster.</summary>
public abstract class LocalCmdlet : AsyncCmdlet
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? WorkDirectory { get; set; }

    private protected MarathonSession Session => new(MyInvocation.MyCommand);

    private protected string FullDirectory
        => WorkDirectory is null ? AssumedDirectory : System.IO.Path.TrimEndingDirectorySeparator(GetUnresolvedProviderPathFromPSPath(WorkDirectory));

    /// <summary>Where none is named: that of the cluster that this session started, else the usual one.</summary>
    private protected virtual string AssumedDirectory => Session.Started?.WorkDirectory ?? LocalCluster.DefaultDirectory;

    protected override object? ErrorTarget => FullDirectory;

    /// <summary>Of the cluster that runs; null: none does.</summary>
    private protected LocalCluster? Find() => LocalCluster.Find(FullDirectory) is { IsRunning: true } cluster ? cluster : null;

    /// <summary>The module's own server.</summary>
    private protected static LocalClusterProgram OpenServer()
        => new(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(typeof(LocalCmdlet).Assembly.Location)!, "server", "mesos-dockerd"), EnvironmentOfProcess.Variables());
}
