using System.Management.Automation;
using MesosDocker.Containerizer;
using MesosDocker.Conversion;
using MesosDocker.Docker;
using MesosDocker.Marathon;
using MesosDocker.Mesos;

namespace MesosDocker.Commands;

/// <summary>Writes the <c>docker run</c> line of a run, of an app's task, of a launch, or of a container that was launched.</summary>
[Cmdlet(VerbsData.ConvertTo, "DockerRun")]
[OutputType(typeof(string))]
public sealed class ConvertToDockerRunCommand : ContainerizerCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("ContainerId")]
    [ArgumentCompleter(typeof(ContainerIdCompleter))]
    public PSObject? InputObject { get; set; }

    protected override object? ErrorTarget => InputObject?.BaseObject;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        PlannedRun planned = InputObject?.BaseObject switch
        {
            DockerRun run => new PlannedRun(run, []),
            App app => RunOf(app),
            AppChange change => RunOf(change.App),
            Launch launch => await OpenLocal().PlanAsync(launch, cancellationToken),
            _ => await OpenLocal().PlanAsync(ContainerIds.Of(InputObject), cancellationToken),
        };
        IReadOnlyList<string> words = DockerRunWriter.Write(planned.Run, out IReadOnlyList<string> unsaid);
        foreach (string warning in planned.Warnings)
        {
            WriteWarning(warning);
        }

        foreach (string field in unsaid)
        {
            WriteWarning($"No option of docker run can say this: {field}");
        }

        WriteObject(ShellWords.Join(words));
    }

    private static PlannedRun RunOf(App app)
    {
        DockerRun run = RunOfApp.Of(app, new ExampleTask(), out IReadOnlyList<RunNote> notes);
        return new PlannedRun(run, [.. notes.Select(static note => note.Message)]);
    }
}
