using System.Globalization;
using System.Text;

namespace MesosDocker.Docker;

public sealed partial class DockerEngine
{
    /// <summary>Makes a container; nothing runs yet. An engine that can create with one network only (before API 1.44) is made to
    /// join the others after, and the container is removed again if that fails.</summary>
    /// <param name="name">Null: the engine makes one up.</param>
    /// <param name="platform">Such as <c>linux/arm64</c>; null: the engine's own.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ImageNotFound"/>: not there, and not pulled by this;
    /// <see cref="Fault.EngineConflict"/>: the name is taken; <see cref="Fault.EngineTooOld"/>: the specification asks for more
    /// than the engine knows.</exception>
    public async Task<CreatedContainer> CreateAsync(
        ContainerSpec spec, string? name, string? platform, CancellationToken cancellationToken)
    {
        ApiVersion version = await NegotiateAsync(cancellationToken).ConfigureAwait(false);
        CreateBody body = CreateBody.For(version, spec, platform);
        string shown = name is null ? "a container" : $"container '{name}'";
        RequestPath path = new RequestPath("containers/create").With("name", name).With("platform", platform);
        EngineRequest request = Post(path, $"create {shown} of image '{spec.Image}'") with
        {
            Json = DockerJson.Write(body.Spec.WriteTo),
        };
        CreatedContainer created = await AskAsync(request, CreatedContainer.From, cancellationToken).ConfigureAwait(false);
        await JoinAsync(created.Id, body.LaterNetworks, cancellationToken).ConfigureAwait(false);
        return created with { Warnings = [.. created.Warnings, .. body.Warnings] };
    }

    /// <summary>Fine as well if it runs already.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerNotFound"/>; <see cref="Fault.EngineRejected"/>: with the
    /// reason why it does not start, such as a port that is taken or a program that is not there.</exception>
    public Task StartAsync(string container, CancellationToken cancellationToken)
        => AskAsync(
            Post(RequestPath.OfContainer(container, "start"), $"start container '{container}'") with { UnchangedIsFine = true },
            cancellationToken);

    /// <summary>Sends the container's stop signal (SIGTERM unless it says otherwise), and SIGKILL when the grace period is over.
    /// Fine as well if it does not run. Returns when it has ended.</summary>
    /// <param name="grace">Whole seconds count.</param>
    public Task StopAsync(string container, TimeSpan grace, CancellationToken cancellationToken)
    {
        RequestPath path = RequestPath.OfContainer(container, "stop")
            .With("t", Math.Max(0, (long)grace.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return AskAsync(
            OfContainer(HttpMethod.Post, path, container, "stop") with { UnchangedIsFine = true, Limit = _timeouts.Slow + grace },
            cancellationToken);
    }

    /// <param name="signal">A name (<c>SIGTERM</c>, <c>TERM</c>) or a number.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerNotRunning"/>, <see
    /// cref="Fault.ContainerNotFound"/>.</exception>
    public Task KillAsync(string container, string signal, CancellationToken cancellationToken)
    {
        RequestPath path = RequestPath.OfContainer(container, "kill").With("signal", signal);
        return AskAsync(OfContainer(HttpMethod.Post, path, container, "send a signal to"), cancellationToken);
    }

    /// <returns>The engine's warnings, and ours about what this engine is too old for.</returns>
    public async Task<IReadOnlyList<string>> UpdateAsync(
        string container, ResourceUpdate update, CancellationToken cancellationToken)
    {
        ApiVersion version = await NegotiateAsync(cancellationToken).ConfigureAwait(false);
        (ResourceUpdate fitted, IReadOnlyList<string> ours) = UpdateBody.For(version, update);
        RequestPath path = RequestPath.OfContainer(container, "update");
        EngineRequest request = OfContainer(HttpMethod.Post, path, container, "change the limits of") with
        {
            Json = DockerJson.Write(fitted.WriteTo),
        };
        IReadOnlyList<string> theirs =
            await AskAsync(request, static json => json.Texts("Warnings") ?? [], cancellationToken).ConfigureAwait(false);
        return [.. theirs, .. ours];
    }

    /// <param name="container">A name, an id or the beginning of one.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerNotFound"/></exception>
    public async Task<ContainerDetails> InspectAsync(string container, CancellationToken cancellationToken)
    {
        EngineRequest request = OfContainer(HttpMethod.Get, RequestPath.OfContainer(container, "json"), container, "inspect")
            with
            {
                Limit = _timeouts.Quick,
            };
        byte[] raw = await AskAsync(request, cancellationToken).ConfigureAwait(false);
        return Parse(raw, ContainerDetails.From, request.Action) with { Raw = raw };
    }

    public Task<IReadOnlyList<ContainerSummary>> ListAsync(ContainerFilter filter, CancellationToken cancellationToken)
    {
        RequestPath path = new RequestPath("containers/json")
            .With("all", filter.All)
            .With("filters", Filters(
                ("label", filter.Labels), ("id", filter.Ids), ("name", filter.Names), ("status", filter.States)));
        return AskAsync(Get(path, "list containers"), DockerJson.ListOf(ContainerSummary.From), cancellationToken);
    }

    /// <param name="force">Kills it first if it runs.</param>
    /// <param name="volumes">Its anonymous volumes too.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerNotFound"/>; <see cref="Fault.EngineConflict"/>: it runs,
    /// or is being removed already.</exception>
    public Task RemoveAsync(string container, bool force, bool volumes, CancellationToken cancellationToken)
        => AskAsync(
            OfContainer(
                HttpMethod.Delete,
                RequestPath.OfContainer(container, "").With("force", force).With("v", volumes),
                container,
                "remove"),
            cancellationToken);

    /// <summary>Returns once the engine has taken the wait on, so that an end after this is never missed.</summary>
    /// <exception cref="MesosDockerException"><see cref="Fault.ContainerNotFound"/></exception>
    public async Task<ContainerWait> BeginWaitAsync(
        string container, WaitCondition condition, CancellationToken cancellationToken)
    {
        ApiVersion version = await NegotiateAsync(cancellationToken).ConfigureAwait(false);
        if (version < s_waitsWithConditions)
        {
            return await BeginWatchAsync(container, condition, cancellationToken).ConfigureAwait(false);
        }

        RequestPath path = RequestPath.OfContainer(container, "wait").With("condition", condition switch
        {
            WaitCondition.NextExit => "next-exit",
            WaitCondition.Removed => "removed",
            _ => "not-running",
        });
        EngineRequest request = OfContainer(HttpMethod.Post, path, container, "wait for") with { Limit = _timeouts.Quick };
        EngineReply reply = await OpenAsync(request, cancellationToken).ConfigureAwait(false);
        return new AnsweredWait(reply, json => Parse(json, ContainerExit.From, request.Action));
    }

    private async Task<ContainerWait> BeginWatchAsync(
        string container, WaitCondition condition, CancellationToken cancellationToken)
    {
        EngineEvents events = await BeginEventsAsync(
            new EventFilter { Types = ["container"], Actions = ["die", "destroy"], Containers = [container] },
            cancellationToken).ConfigureAwait(false);
        try
        {
            // Also because a container that is not there has no events, and would be waited for without end.
            ContainerState state = (await InspectAsync(container, cancellationToken).ConfigureAwait(false)).State;
            bool known = condition == WaitCondition.Removed || (condition == WaitCondition.NotRunning && !state.Running);
            return new WatchedWait(events, condition, known ? new ContainerExit(state.ExitCode, null) : null);
        }
        catch
        {
            events.Dispose();
            throw;
        }
    }

    private async Task JoinAsync(
        string container, IReadOnlyDictionary<string, EndpointSpec> networks, CancellationToken cancellationToken)
    {
        try
        {
            foreach ((string network, EndpointSpec endpoint) in networks)
            {
                await ConnectNetworkAsync(network, container, endpoint, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            await TryRemoveAsync(container).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Half a container is nobody's: it goes even if the caller has given up.</summary>
    private async Task TryRemoveAsync(string container)
    {
        try
        {
            await RemoveAsync(container, force: true, volumes: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (MesosDockerException)
        {
            // The failure that led here says more.
        }
    }

    private EngineRequest OfContainer(HttpMethod method, RequestPath path, string container, string verb) => new()
    {
        Method = method,
        Path = path,
        Action = $"{verb} container '{container}'",
        Limit = _timeouts.Slow,
        Missing = Fault.ContainerNotFound,
    };

    /// <summary>Null where nothing is filtered.</summary>
    private static string? Filters(params ReadOnlySpan<(string Name, IReadOnlyList<string> Values)> filters)
    {
        var given = new List<(string Name, IReadOnlyList<string> Values)>();
        foreach ((string Name, IReadOnlyList<string> Values) filter in filters)
        {
            if (filter.Values.Count > 0)
            {
                given.Add(filter);
            }
        }

        return given.Count == 0 ? null : Encoding.UTF8.GetString(DockerJson.Write(json =>
        {
            foreach ((string name, IReadOnlyList<string> values) in given)
            {
                json.Put(name, values);
            }
        }));
    }
}
