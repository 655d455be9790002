using System.Globalization;
using MesosDocker.Io;

namespace MesosDocker.Docker;

public sealed partial class DockerEngine
{
    private const int LongestProgressMessage = 1024 * 1024;

    private static readonly ApiVersion s_pullPlatforms = new(1, 32);

    /// <param name="image">A reference, an id or the beginning of one.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ImageNotFound"/></exception>
    public Task<ImageDetails> InspectImageAsync(string image, CancellationToken cancellationToken)
        => AskAsync(
            Get(RequestPath.OfImage(image, "json"), $"inspect image '{image}'", Fault.ImageNotFound),
            ImageDetails.From,
            cancellationToken);

    /// <summary>Fetches an image from its registry, however long it takes as long as it moves.</summary>
    /// <param name="credential">For the image's registry; null: nobody's.</param>
    /// <param name="platform">Such as <c>linux/arm64</c>; null: the engine's own.</param>
    /// <param name="noProgressTimeout">A pull in which nothing at all changes for that long is given up.</param>
    /// <param name="progress">Told at most ten times a second, on the thread that reads.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ImageNotFound"/>, <see cref="Fault.RegistryDenied"/>,
    /// <see cref="Fault.PullFailed"/> with the registry's words, <see cref="Fault.PullStalled"/>;
    /// <see cref="Fault.EngineTooOld"/>: it cannot pull for a platform.</exception>
    public async Task<PullResult> PullAsync(
        ImageReference image,
        RegistryCredential? credential,
        string? platform,
        TimeSpan noProgressTimeout,
        IProgress<PullProgress>? progress,
        CancellationToken cancellationToken)
    {
        ApiVersion version = await NegotiateAsync(cancellationToken).ConfigureAwait(false);
        if (platform is not null && version < s_pullPlatforms)
        {
            throw new MesosDockerException(
                Fault.EngineTooOld,
                $"The Docker engine speaks API {version}, which cannot pull for a platform (--platform); that came with API "
                + $"{s_pullPlatforms}. Do without it, or use a newer engine.");
        }

        // A digest goes where a tag goes, and beats it.
        RequestPath path = new RequestPath("images/create")
            .With("fromImage", image.FamiliarName)
            .With("tag", image.Digest ?? image.Tag)
            .With("platform", platform);
        EngineRequest request = Post(path, $"pull image '{image}'") with
        {
            Header = credential is null ? null : ("X-Registry-Auth", credential.ToHeader()),
            Secrets = credential?.Secrets ?? [],
            Judge = PullFailure.Judge,
        };

        var tracker = new PullTracker(image.ToString());
        using var stall = new TimeLimit(noProgressTimeout, cancellationToken);
        try
        {
            await FollowAsync(request, tracker, new PullFeed(progress, _time), stall).ConfigureAwait(false);
            return tracker.Result;
        }
        catch (Exception e) when (stall.HasCome
            && e is OperationCanceledException or MesosDockerException { Fault: Fault.EngineUnreachable })
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Stalled(image, tracker.Snapshot(), noProgressTimeout);
        }
    }

    /// <summary>Takes in an archive as <c>docker save</c> writes it.</summary>
    /// <returns>What was loaded: references, or ids of what has none.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.EngineRejected"/>: it is no such archive.</exception>
    public async Task<IReadOnlyList<string>> LoadImageAsync(Stream archive, CancellationToken cancellationToken)
    {
        const string Loaded = "Loaded image: ";
        const string LoadedId = "Loaded image ID: ";
        EngineRequest request = Post(new RequestPath("images/load").With("quiet", true), "load an image") with
        {
            Archive = archive,
            Limit = Timeout.InfiniteTimeSpan,
        };
        var loaded = new List<string>();
        using EngineReply reply = await OpenAsync(request, cancellationToken).ConfigureAwait(false);
        var messages = new JsonSequence(reply, LongestProgressMessage);
        while (await messages.ReadAsync(cancellationToken).ConfigureAwait(false) is { } json)
        {
            ProgressMessage message = Parse(json, ProgressMessage.From, request.Action);
            if (message.Failure is { } failure)
            {
                throw EngineFailure.FromWords(reply.Endpoint, request, 400, EngineWords.Clean(failure));
            }

            foreach (string line in (message.Said ?? "").Split('\n', StringSplitOptions.TrimEntries))
            {
                if (line.StartsWith(Loaded, StringComparison.Ordinal))
                {
                    loaded.Add(line[Loaded.Length..]);
                }
                else if (line.StartsWith(LoadedId, StringComparison.Ordinal))
                {
                    loaded.Add(line[LoadedId.Length..]);
                }
            }
        }

        return loaded;
    }

    /// <param name="labels"><c>name</c> or <c>name=value</c>, all of them.</param>
    /// <returns>Their ids.</returns>
    public Task<IReadOnlyList<string>> ListImagesAsync(IReadOnlyList<string> labels, CancellationToken cancellationToken)
        => AskAsync(
            Get(new RequestPath("images/json").With("filters", Filters(("label", labels))), "list images"),
            JsonText.ListOf(static image => image.RequiredText("Id")),
            cancellationToken);

    /// <summary>Removes a name; with its last name the image.</summary>
    /// <param name="force">Also one with several names, or of which containers are left.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ImageNotFound"/>; <see cref="Fault.EngineConflict"/>: it is
    /// used.</exception>
    public Task RemoveImageAsync(string image, bool force, CancellationToken cancellationToken)
        => AskAsync(
            Delete(RequestPath.OfImage(image, "").With("force", force), $"remove image '{image}'", Fault.ImageNotFound),
            cancellationToken);

    private async Task FollowAsync(EngineRequest request, PullTracker tracker, PullFeed feed, TimeLimit stall)
    {
        // The stall's token is the limit: the engine says nothing at all until the registry has answered.
        using EngineReply reply = await SendAsync(request, stall).ConfigureAwait(false);
        var messages = new JsonSequence(reply, LongestProgressMessage);
        while (await messages.ReadAsync(stall.Token).ConfigureAwait(false) is { } json)
        {
            ProgressMessage message = Parse(json, ProgressMessage.From, request.Action);
            if (message.Failure is { } failure)
            {
                throw EngineFailure.FromWords(reply.Endpoint, request, reply.Status, EngineWords.Clean(failure));
            }

            if (tracker.Take(message))
            {
                stall.Restart();
                feed.Changed(tracker);
            }
        }

        feed.Ended(tracker);
    }

    private static MesosDockerException Stalled(ImageReference image, PullProgress progress, TimeSpan limit)
    {
        string last = progress.Status.Length == 0
            ? $"the registry {image.Registry} has not answered"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"last '{progress.Status}', {progress.LayersDone} of {progress.Layers.Count} layers, "
                + $"{progress.DownloadedBytes} of {progress.KnownBytes} bytes");
        return new MesosDockerException(
            Fault.PullStalled,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The pull of image '{image}' was given up: nothing moved for {limit.TotalSeconds:0.###} seconds ({last}). "
                + $"Look at the registry {image.Registry} and the way to it from the engine's machine, and try again."));
    }
}
