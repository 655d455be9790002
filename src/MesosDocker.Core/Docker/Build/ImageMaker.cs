namespace MesosDocker.Docker;

/// <summary>Builds and pushes with the engine and the credentials that the docker client has, too.</summary>
public sealed class ImageMaker : IDisposable
{
    private readonly DockerEngine _engine;
    private readonly RegistryCredentials _credentials;

    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/>: an engine's address that is none.</exception>
    public ImageMaker(EngineOptions options, IReadOnlyDictionary<string, string> environment)
    {
        _engine = new DockerEngine(EngineAddress.Resolve(options, environment));
        _credentials = RegistryCredentials.OfClient(options, environment);
    }

    /// <inheritdoc cref="DockerEngine.BuildAsync"/>
    public async Task<BuiltImage> BuildAsync(
        BuildContext context, BuildOptions options, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        var credentials = new List<RegistryCredential>();
        IEnumerable<string> registries = DockerfileText.BaseImages(context.DockerfileText, options.Arguments).Select(static image => image.Registry);
        foreach (string registry in registries.Distinct())
        {
            if (await _credentials.FindAsync(registry, cancellationToken).ConfigureAwait(false) is { } credential)
            {
                credentials.Add(credential);
            }
        }

        string id = await _engine.BuildAsync(context, options, credentials, progress, cancellationToken).ConfigureAwait(false);
        ImageDetails image = await _engine.InspectImageAsync(id, cancellationToken).ConfigureAwait(false);
        string[] tags = [.. options.Tags.Select(static tag => tag.ToString())];
        return new BuiltImage { Image = tags.FirstOrDefault() ?? image.Id, Id = image.Id, Tags = tags, Size = image.Size };
    }

    /// <inheritdoc cref="DockerEngine.PushAsync"/>
    public async Task<string?> PushAsync(
        ImageReference image, TimeSpan noProgressTimeout, IProgress<PushProgress>? progress, CancellationToken cancellationToken)
    {
        RegistryCredential? credential = await _credentials.FindAsync(image.Registry, cancellationToken).ConfigureAwait(false);
        return await _engine.PushAsync(image, credential, noProgressTimeout, progress, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _engine.Dispose();
}
