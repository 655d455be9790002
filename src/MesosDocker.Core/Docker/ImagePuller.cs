using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Docker;

/// <summary>Sees to it that the engine has an image.</summary>
/// <param name="sources">Where credentials are looked for, in order.</param>
/// <param name="noProgressTimeout">A pull in which nothing changes for so long is given up.</param>
/// <param name="tell">Told that a pull begins, and now and then how far it has come.</param>
internal sealed class ImagePuller(
    DockerEngine engine, IReadOnlyList<RegistryCredentials> sources, TimeSpan noProgressTimeout, Action<string> tell)
{
    private const long Megabyte = 1024 * 1024;

    // A framework wants to know that a slow pull is alive, not every layer of it.
    private static readonly TimeSpan s_firstWord = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_nextWord = TimeSpan.FromSeconds(30);

    /// <summary>What a task brings into its sandbox by itself: the way of Mesos is an archive with <c>.docker/config.json</c> among its
    /// URIs. It must not choose programs to run.</summary>
    public static RegistryCredentials InSandbox(IEnumerable<string> folders, IReadOnlyDictionary<string, string> environment) => new(
        [.. folders.Distinct().SelectMany(static folder => new[]
        {
            Path.Combine(folder, ".docker", "config.json"), Path.Combine(folder, ".dockercfg"),
        })],
        environment,
        runHelpers: false);

    /// <exception cref="MesosDockerException"><see cref="Fault.ImageNotFound"/>, <see cref="Fault.PullFailed"/>,
    /// <see cref="Fault.PullStalled"/>, <see cref="Fault.RegistryDenied"/>, <see cref="Fault.CredentialsUnreadable"/> and the
    /// engine's.</exception>
    public async Task<ImageDetails> EnsureAsync(string image, string? platform, PullPolicy? policy, CancellationToken cancellationToken)
    {
        if (policy != PullPolicy.Always)
        {
            try
            {
                return await engine.InspectImageAsync(image, cancellationToken).ConfigureAwait(false);
            }
            catch (MesosDockerException e) when (e.Fault == Fault.ImageNotFound && policy != PullPolicy.Never)
            {
                // To be pulled.
            }
        }

        ImageReference reference = ImageReference.Parse(image);
        RegistryCredential? credential = await FindCredentialAsync(reference.Registry, cancellationToken).ConfigureAwait(false);
        tell($"Pulling the image {reference}.");
        var progress = new Narrator(reference.ToString(), tell);
        await engine.PullAsync(reference, credential, platform, noProgressTimeout, progress, cancellationToken).ConfigureAwait(false);
        return await engine.InspectImageAsync(image, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RegistryCredential?> FindCredentialAsync(string registry, CancellationToken cancellationToken)
    {
        foreach (RegistryCredentials source in sources)
        {
            if (await source.FindAsync(registry, cancellationToken).ConfigureAwait(false) is { } credential)
            {
                return credential;
            }
        }

        return null;
    }

    /// <summary>Says now and then how far a pull has come.</summary>
    private sealed class Narrator(string image, Action<string> tell) : IProgress<PullProgress>
    {
        private Deadline _next = Deadline.In(s_firstWord);

        public void Report(PullProgress value)
        {
            if (!_next.HasPassed)
            {
                return;
            }

            _next = Deadline.In(s_nextWord);
            tell(string.Create(
                CultureInfo.InvariantCulture,
                $"Pulling the image {image}: {value.LayersDone} of {value.Layers.Count} layers, "
                + $"{value.DownloadedBytes / Megabyte} of {value.KnownBytes / Megabyte} MB."));
        }
    }
}
