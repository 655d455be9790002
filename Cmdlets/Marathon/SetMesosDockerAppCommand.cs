using System.Collections;
using System.Management.Automation;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <summary>Scales apps, suspends them, or changes some of their fields.</summary>
[Cmdlet(VerbsCommon.Set, "MesosDockerApp", SupportsShouldProcess = true)]
[OutputType(typeof(ChangedApp))]
public sealed class SetMesosDockerAppCommand : ChangedAppCmdlet
{
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int? Instances { get; set; }

    [Parameter]
    public SwitchParameter Suspend { get; set; }

    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public double? Cpus { get; set; }

    [Parameter]
    [Alias("Mem")]
    [Megabytes]
    public decimal? Memory { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Image { get; set; }

    [Parameter]
    [ValidateNotNull]
    public IDictionary Property { get; set; } = new Hashtable();

    private protected override string Action => Suspend ? "Suspend app"
        : Instances is { } count && MyInvocation.BoundParameters.Keys.All(static name => name is nameof(Id) or nameof(Instances) or "WhatIf" or "Wait") ? $"Scale app to {count}"
        : "Change app";

    protected override Task BeginAsync(CancellationToken cancellationToken)
        => Suspend && Instances is not null and not 0
            ? throw new MesosDockerException(Fault.UsageInvalid, "A suspended app has no instances; say either -Suspend or -Instances.")
            : Task.CompletedTask;

    private protected override async Task PreviewAsync(string id, CancellationToken cancellationToken)
    {
        await base.PreviewAsync(id, cancellationToken);
        await ChangeOfAsync(id, cancellationToken);
    }

    private protected override async Task<DeploymentResult> ChangeAsync(string id, bool force, CancellationToken cancellationToken)
        => await Client.PatchAppAsync(await ChangeOfAsync(id, cancellationToken), force, cancellationToken);

    private async Task<App> ChangeOfAsync(string id, CancellationToken cancellationToken)
    {
        var change = new App
        {
            Id = id,
            Instances = Suspend ? 0 : Instances,
            Cpus = Cpus,
            Mem = (double?)Memory,
            Container = Image is null ? null : await ContainerAsync(id, Image, cancellationToken),
        };
        App whole = PropertyEdits.Apply(change, PlainJson.Of(Property));
        foreach (Finding finding in whole.JudgeAsChange().Where(static finding => finding.Severity == Severity.Warning))
        {
            WriteWarning(Display.Text($"{id}: {finding.Path} {finding.Message}"));
        }

        return whole == new App { Id = id }
            ? throw new MesosDockerException(Fault.UsageInvalid, $"Nothing is said of what shall change of '{id}': -Instances, -Suspend, -Image, -Cpus, -Memory or -Property.")
            : whole;
    }

    // A patch replaces the whole container, so that all of it is said.
    private async Task<Container> ContainerAsync(string id, string image, CancellationToken cancellationToken)
    {
        App app = await Client.FindAppAsync(id, cancellationToken)
            ?? throw new MesosDockerException(Fault.AppNotFound, $"There is no app '{id}' to change.");
        Container container = app.Container ?? new Container { Type = "DOCKER" };
        return container with { Docker = (container.Docker ?? new DockerContainer()) with { Image = image } };
    }
}
