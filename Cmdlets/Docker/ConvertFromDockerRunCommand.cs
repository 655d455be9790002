using System.Management.Automation;
using MesosDocker.Docker;

namespace MesosDocker.Commands;

/// <summary>Reads a <c>docker run</c> line.</summary>
[Cmdlet(VerbsData.ConvertFrom, "DockerRun")]
[OutputType(typeof(DockerRun))]
public sealed class ConvertFromDockerRunCommand : AsyncCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public string Line { get; set; } = "";

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Directory { get; set; }

    protected override object? ErrorTarget => Line;

    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        string directory = GetUnresolvedProviderPathFromPSPath(Directory ?? SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        DockerRunLine line = DockerRunLine.Parse(Line, new DirectoryRunFiles(directory));
        if (line.NamesEngine)
        {
            WriteWarning("The line names an engine, or how to reach it, in front of 'run'. That is no part of what runs, and is left out.");
        }

        WriteObject(line.Run);
        return Task.CompletedTask;
    }
}
