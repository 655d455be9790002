using System.Globalization;
using System.Management.Automation;
using MesosDocker.Docker;

namespace MesosDocker.Commands;

/// <summary>Builds an image from a Dockerfile, and pushes it.</summary>
// VerbsLifecycle of PowerShell 5 does not know the verb yet.
[Cmdlet("Build", "MesosDockerImage", SupportsShouldProcess = true)]
[OutputType(typeof(BuiltImage))]
public sealed class BuildMesosDockerImageCommand : AsyncCmdlet
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName", "Context")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Tag { get; set => field = value ?? []; } = [];

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Dockerfile { get; set; }

    [Parameter]
    [NameValuePairs]
    public KeyValuePair<string, string>[] BuildArgument { get; set => field = value ?? []; } = [];

    [Parameter]
    [NameValuePairs]
    public KeyValuePair<string, string>[] Label { get; set => field = value ?? []; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Target { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Platform { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Network { get; set; }

    [Parameter]
    public SwitchParameter NoCache { get; set; }

    [Parameter]
    public SwitchParameter Pull { get; set; }

    [Parameter]
    public SwitchParameter Push { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] DockerHost { get; set => field = value ?? []; } = [];

    protected override object? ErrorTarget => Path;

    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        var options = new BuildOptions
        {
            Tags = [.. Tag.Select(ImageReference.Parse)],
            Arguments = BuildArgument.ToDictionary(),
            Labels = Label.ToDictionary(),
            Target = Target,
            Platform = Platform,
            Network = Network,
            NoCache = NoCache,
            Pull = Pull,
        };
        if (Push && options.Tags.Count == 0)
        {
            throw new MesosDockerException(Fault.UsageInvalid, "An image is pushed by its name: say -Tag registry/name:version.");
        }

        var images = new ImageMaker(new EngineOptions { Hosts = DockerHost }, EnvironmentOfProcess.Variables());
        var context = BuildContext.Open(GetUnresolvedProviderPathFromPSPath(Path), Dockerfile);
        string name = options.Tags.Count > 0 ? string.Join(", ", options.Tags) : "an image without a name";
        if (!ShouldProcess(context.Directory, Push ? $"Build and push {name}" : $"Build {name}"))
        {
            return;
        }

        using (images)
        {
            BuiltImage built = await BuildAsync(images, context, options, cancellationToken);
            WriteObject(Push ? await PushAsync(images, built, options.Tags, cancellationToken) : built);
        }
    }

    private async Task<BuiltImage> BuildAsync(ImageMaker images, BuildContext context, BuildOptions options, CancellationToken cancellationToken)
    {
        using var bar = new ProgressBar(this, $"Build {context.Directory}");
        return await images.BuildAsync(context, options, new Progress<BuildProgress>(now =>
        {
            if (now.Line is { } line)
            {
                WriteVerbose(Display.Text(line));
            }

            bar.Show(
                now.Step == 0 ? $"{Display.Bytes(now.SentBytes)} sent" : string.Create(CultureInfo.InvariantCulture, $"Step {now.Step} of {now.Steps}: {now.Instruction}"),
                now.Steps == 0 ? null : (now.Step - 1) / (double)now.Steps);
        }), cancellationToken);
    }

    private async Task<BuiltImage> PushAsync(
        ImageMaker images, BuiltImage built, IReadOnlyList<ImageReference> tags, CancellationToken cancellationToken)
    {
        foreach (ImageReference tag in tags)
        {
            using var bar = new ProgressBar(this, $"Push {tag}");
            string? digest = await images.PushAsync(tag, s_patience, new Progress<PushProgress>(now => bar.Show(
                $"{now.LayersDone} of {now.Layers} layers, {Display.Bytes(now.SentBytes)} of {Display.Bytes(now.KnownBytes)}",
                now.KnownBytes == 0 ? null : now.SentBytes / (double)now.KnownBytes)), cancellationToken);
            built = built with { Digest = built.Digest ?? digest };
        }

        return built;
    }
}
