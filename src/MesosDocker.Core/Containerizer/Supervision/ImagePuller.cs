using System.Globalization;
using MesosDocker.Docker;
using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>Sees to it that the engine has a task's image.</summary>
internal sealed class ImagePuller(SupervisorContext context, Action<string> tell)
{
    private const long Megabyte = 1024 * 1024;

    // A framework wants to know that a slow pull is alive, not every layer of it.
    private static readonly TimeSpan s_firstWord = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_nextWord = TimeSpan.FromSeconds(30);

    /// <exception cref="MesosDockerException"><see cref="Fault.ImageNotFound"/>, <see cref="Fault.PullFailed"/>,
    /// <see cref="Fault.PullStalled"/>, <see cref="Fault.RegistryDenied"/>, <see cref="Fault.CredentialsUnreadable"/> and the
    /// engine's.</exception>
    public async Task<ImageDetails> EnsureAsync(DockerRun run, CancellationToken cancellationToken)
    {
        string image = run.Container.Image!;
        if (run.Pull != PullPolicy.Always)
        {
            try
            {
                return await context.Engine.InspectImageAsync(image, cancellationToken).ConfigureAwait(false);
            }
            catch (MesosDockerException e) when (e.Fault == Fault.ImageNotFound && run.Pull != PullPolicy.Never)
            {
                // To be pulled.
            }
        }

        ImageReference reference = ImageReference.Parse(image);
        RegistryCredential? credential = await FindCredentialAsync(reference.Registry, cancellationToken).ConfigureAwait(false);
        tell($"Pulling the image {reference}.");
        var progress = new Narrator(reference.ToString(), tell);
        await context.Engine
            .PullAsync(reference, credential, run.Platform, context.Settings.Pull.ProgressTimeout, progress, cancellationToken)
            .ConfigureAwait(false);
        return await context.Engine.InspectImageAsync(image, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// First what the task brought into its sandbox (the way of Mesos: an archive with <c>.docker/config.json</c> among its URIs), then
    /// the configured file, then the docker client's own. What a task brought must not choose programs to run.
    /// </summary>
    private async Task<RegistryCredential?> FindCredentialAsync(string registry, CancellationToken cancellationToken)
    {
        string[] folders = [context.Call.Sandbox, context.MountedSandbox];
        string[] brought =
        [
            .. folders.Distinct().SelectMany(static folder => new[]
            {
                Path.Combine(folder, ".docker", "config.json"), Path.Combine(folder, ".dockercfg"),
            }),
        ];
        IReadOnlyDictionary<string, string> environment = context.Call.Environment;
        RegistryCredentials[] sources =
        [
            new RegistryCredentials(brought, environment, runHelpers: false),
            .. context.Settings.Index.CredentialsFile is { } file
                ? (RegistryCredentials[])[new RegistryCredentials([file], environment, runHelpers: true)]
                : [],
            RegistryCredentials.OfClient(context.Settings.Engine, environment),
        ];
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
