using System.Text;
using MesosDocker.Io;

namespace MesosDocker.Docker;

public sealed partial class DockerEngine
{
    private static readonly ApiVersion s_buildPlatforms = new(1, 38);

    /// <summary>
    /// Builds an image with the engine's own builder. Cancelled, it ends there too, and nothing but the layers that were finished stays.
    /// </summary>
    /// <param name="credentials">For the images it starts from.</param>
    /// <param name="progress">Told each line of output, and of what is sent ten times a second; on the threads that send and read.</param>
    /// <returns>The image's id, <c>sha256:…</c>.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.BuildFailed"/> with the step and its last words,
    /// <see cref="Fault.FileUnreadable"/>: something of the context; <see cref="Fault.EngineTooOld"/>: it cannot build for a
    /// platform.</exception>
    public async Task<string> BuildAsync(
        BuildContext context,
        BuildOptions options,
        IReadOnlyList<RegistryCredential> credentials,
        IProgress<BuildProgress>? progress,
        CancellationToken cancellationToken)
    {
        ApiVersion version = await NegotiateAsync(cancellationToken).ConfigureAwait(false);
        if (options.Platform is not null && version < s_buildPlatforms)
        {
            throw new MesosDockerException(
                Fault.EngineTooOld,
                $"The Docker engine speaks API {version}, which cannot build for a platform; that came with API {s_buildPlatforms}. "
                + "Do without it, or use a newer engine.");
        }

        var tracker = new BuildTracker();
        var sent = new SentFeed(progress, tracker, _time);
        EngineRequest request = Post(BuildPath(context, options), $"build '{context.Directory}'") with
        {
            Upload = (body, cancel) => ContextArchive.WriteAsync(context, body, sent.Sent, cancel),
            Header = credentials.Count == 0 ? null : ("X-Registry-Config", HeaderOf(credentials)),
            Secrets = [.. credentials.SelectMany(static credential => credential.Secrets)],

            // A step may work for hours and say nothing.
            Limit = Timeout.InfiniteTimeSpan,
        };
        using EngineReply reply = await OpenAsync(request, cancellationToken).ConfigureAwait(false);
        var messages = new JsonSequence(reply, LongestProgressMessage);
        while (await messages.ReadAsync(cancellationToken).ConfigureAwait(false) is { } json)
        {
            BuildMessage message = Parse(json, BuildMessage.From, request.Action);
            if (message.Message.Failure is { } failure)
            {
                throw BuildFailure(context, tracker, EngineWords.Redact(EngineWords.Clean(failure), request.Secrets));
            }

            foreach (string line in tracker.Take(message))
            {
                progress?.Report(tracker.Progress(sent.Bytes, line));
            }
        }

        return tracker.ImageId ?? throw EngineFailure.Invalid(reply.Endpoint, request.Action, "it ends without the id of an image");
    }

    /// <summary>Gives an image another name.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ImageNotFound"/></exception>
    public Task TagImageAsync(string image, ImageReference name, CancellationToken cancellationToken)
        => AskAsync(
            Post(
                RequestPath.OfImage(image, "tag").With("repo", name.FamiliarName).With("tag", name.Tag),
                $"tag image '{image}' as '{name}'",
                Fault.ImageNotFound),
            cancellationToken);

    /// <summary>Sends an image to its registry, however long it takes as long as it moves.</summary>
    /// <param name="noProgressTimeout">A push in which nothing at all changes for that long is given up.</param>
    /// <returns>The digest that it has there, <c>sha256:…</c>.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.ImageNotFound"/>: the engine has none of that name;
    /// <see cref="Fault.RegistryDenied"/>, <see cref="Fault.PushFailed"/> with the registry's words.</exception>
    public async Task<string?> PushAsync(
        ImageReference image,
        RegistryCredential? credential,
        TimeSpan noProgressTimeout,
        IProgress<PushProgress>? progress,
        CancellationToken cancellationToken)
    {
        const string Nobody = "e30=";
        RequestPath path = RequestPath.OfImage(image.FamiliarName, "push").With("tag", image.Tag);
        EngineRequest request = Post(path, $"push image '{image}'") with
        {
            // The header has to be there, and may hold "{}".
            Header = ("X-Registry-Auth", credential?.ToHeader() ?? Nobody),
            Secrets = credential?.Secrets ?? [],
            Judge = PushFailure.Judge,
        };
        var tracker = new PushTracker(image.ToString());
        using var stall = new TimeLimit(noProgressTimeout, cancellationToken);
        try
        {
            using EngineReply reply = await SendAsync(request, stall).ConfigureAwait(false);
            var messages = new JsonSequence(reply, LongestProgressMessage);
            while (await messages.ReadAsync(stall.Token).ConfigureAwait(false) is { } json)
            {
                BuildMessage message = Parse(json, BuildMessage.From, request.Action);
                if (message.Message.Failure is { } failure)
                {
                    throw EngineFailure.FromWords(reply.Endpoint, request, reply.Status, EngineWords.Clean(failure));
                }

                if (tracker.Take(message))
                {
                    stall.Restart();
                    progress?.Report(tracker.Snapshot());
                }
            }

            return tracker.Digest;
        }
        catch (Exception e) when (stall.HasCome && e is OperationCanceledException or MesosDockerException { Fault: Fault.EngineUnreachable })
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PushFailure.Stalled(image, tracker.Snapshot(), noProgressTimeout);
        }
    }

    private static RequestPath BuildPath(BuildContext context, BuildOptions options)
    {
        // Version 1 is the builder that needs nothing but this one request; rm: its containers go, whatever happens.
        RequestPath path = new RequestPath("build")
            .With("version", "1")
            .With("rm", true)
            .With("forcerm", true)
            .With("dockerfile", context.Dockerfile)
            .With("target", options.Target)
            .With("platform", options.Platform)
            .With("networkmode", options.Network)
            .With("nocache", options.NoCache)
            .With("pull", options.Pull)
            .With("buildargs", MapOf(options.Arguments))
            .With("labels", MapOf(options.Labels));
        return options.Tags.Aggregate(path, static (left, tag) => left.With("t", tag.ToString()));
    }

    private static string? MapOf(IReadOnlyDictionary<string, string> values) => values.Count == 0 ? null : Encoding.UTF8.GetString(JsonText.Write(json =>
    {
        foreach ((string name, string value) in values)
        {
            json.WriteString(name, value);
        }
    }));

    private static string HeaderOf(IReadOnlyList<RegistryCredential> credentials)
    {
        byte[] text = JsonText.Write(json =>
        {
            foreach (RegistryCredential credential in credentials.DistinctBy(static one => one.ServerAddress))
            {
                json.WriteStartObject(credential.ServerAddress);
                credential.WriteTo(json);
                json.WriteEndObject();
            }
        });
        return Convert.ToBase64String(text).Replace('+', '-').Replace('/', '_');
    }

    private static MesosDockerException BuildFailure(BuildContext context, BuildTracker tracker, string reason)
    {
        string words = tracker.Words;
        return new MesosDockerException(
            Fault.BuildFailed,
            $"The image of '{context.Directory}' could not be built; it failed {tracker.Place}: {EngineWords.Sentence(reason)}"
            + (words.Length == 0 ? "" : $" The last that was said: {words}"));
    }

    /// <summary>Tells of what is sent, at most so often that a screen can show it.</summary>
    private sealed class SentFeed(IProgress<BuildProgress>? listener, BuildTracker tracker, TimeProvider time)
    {
        private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100);

        private long? _last;

        public long Bytes { get; private set; }

        public void Sent(long bytes)
        {
            Bytes = bytes;
            if (_last is not { } last || time.GetElapsedTime(last) >= s_pause)
            {
                _last = time.GetTimestamp();
                listener?.Report(tracker.Progress(bytes, line: null));
            }
        }
    }
}
