using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MesosDocker.Marathon;

public sealed partial class MarathonClient
{
    // Before 0.11 only the first counts, and of these "failures" has the most in it.
    private static readonly string[] s_embedded =
        ["failures", "tasks", "counts", "deployments", "readiness", "lastTaskFailure", "taskStats"];

    public async IAsyncEnumerable<App> ListAppsAsync(AppQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        MarathonRequest request = MarathonRequest.Get(
            MarathonTargets.Apps.With(
            [
                ("id", query.Id),
                ("label", query.Label),
                .. Embedded("apps", query.WithTasks ? s_embedded : ["counts", "deployments"]),
            ]),
            "list the apps");
        MarathonReply reply = await AskAsync(request, Fault.MarathonRejected, cancellationToken).ConfigureAwait(false);
        using IEnumerator<ReadOnlyMemory<byte>> texts = JsonArrayWalk.Elements(reply.Body, "apps").GetEnumerator();
        while (Next(reply, texts) is { } app)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return app;
        }
    }

    /// <returns>With tasks, counts, deployments and the last failure; null if there is none.</returns>
    public async Task<App?> FindAppAsync(string id, CancellationToken cancellationToken)
    {
        string target = MarathonTargets.App(id).With([.. Embedded("app", s_embedded)]);
        MarathonRequest request = MarathonRequest.Get(target, $"read the app '{id}'");
        MarathonReply? reply = await FindAsync(request, cancellationToken).ConfigureAwait(false);
        return reply is null ? null : reply.Read(MarathonJson.Default.AppEnvelope).App ?? throw MarathonFailure.Invalid(reply);
    }

    /// <remarks>Marathon before 0.9 replaces what is there.</remarks>
    /// <exception cref="MesosDockerException"><see cref="Fault.AppExists"/>, <see cref="Fault.DefinitionInvalid"/>.</exception>
    public Task<DeploymentResult> CreateAppAsync(App app, CancellationToken cancellationToken)
        => WriteAsync(
            new MarathonRequest(HttpMethod.Post, MarathonTargets.Apps, $"create the app '{app.Id}'") { Body = AppBody.Of(app).ToJson() },
            Fault.MarathonRejected,
            token => LookForAsync(app, token),
            cancellationToken);

    /// <summary>Creates or replaces: what is not said is gone (<c>partialUpdate=false</c>).</summary>
    /// <remarks>Marathon before 1.4 keeps what is not said.</remarks>
    /// <exception cref="MesosDockerException"><see cref="Fault.AppLocked"/>, <see cref="Fault.DefinitionInvalid"/>.</exception>
    public Task<DeploymentResult> PutAppAsync(App app, bool force, CancellationToken cancellationToken)
    {
        // Going back to a version is a change, and not a whole definition.
        bool isPartial = AppBody.IsRollback(AppBody.Of(app));
        string target = MarathonTargets.App(app.Id).With(
            ("force", MarathonTargets.Flag(force)), ("partialUpdate", MarathonTargets.Flag(isPartial)));
        return WriteAsync(
            new MarathonRequest(HttpMethod.Put, target, $"put the app '{app.Id}' into force") { Body = AppBody.Of(app).ToJson() },
            Fault.AppNotFound,
            token => isPartial ? LookForChangeAsync(app, token) : LookForAsync(app, token),
            cancellationToken);
    }

    /// <summary>Changes only what is said.</summary>
    /// <exception cref="MesosDockerException">
    /// <see cref="Fault.AppNotFound"/>, <see cref="Fault.AppLocked"/>, <see cref="Fault.DefinitionInvalid"/>.
    /// </exception>
    public async Task<DeploymentResult> PatchAppAsync(App change, bool force, CancellationToken cancellationToken)
    {
        string target = MarathonTargets.App(change.Id).With(("force", MarathonTargets.Flag(force)));
        var request = new MarathonRequest(HttpMethod.Patch, target, $"change the app '{change.Id}'") { Body = AppBody.Of(change).ToJson() };
        Task<WriteTrace> LookAsync(CancellationToken token) => LookForChangeAsync(change, token);
        try
        {
            return await WriteAsync(request, Fault.AppNotFound, LookAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (MesosDockerException e) when (e.Detail is MarathonRefusal { Status: 405 or 501 })
        {
            // Before 1.4 there is no PATCH, and PUT does what it would: but it also creates, which nobody asked for here.
            _ = await FindAppAsync(change.Id!, cancellationToken).ConfigureAwait(false)
                ?? throw new MesosDockerException(Fault.AppNotFound, $"There is no app '{change.Id}' to change.", e);
            MarathonRequest older = request with { Method = HttpMethod.Put };
            return await WriteAsync(older, Fault.AppNotFound, LookAsync, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/>, <see cref="Fault.AppLocked"/>.</exception>
    public Task<DeploymentResult> RemoveAppAsync(string id, bool force, CancellationToken cancellationToken)
        => WriteAsync(
            // It must be said: to this one request "force" is what Marathon takes for granted.
            new MarathonRequest(
                HttpMethod.Delete, MarathonTargets.App(id).With(("force", MarathonTargets.Flag(force))), $"remove the app '{id}'"),
            Fault.AppNotFound,
            token => LookForNoAppAsync(id, token),
            cancellationToken);

    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/>, <see cref="Fault.AppLocked"/>.</exception>
    public async Task<DeploymentResult> RestartAppAsync(string id, bool force, CancellationToken cancellationToken)
    {
        string target = $"{MarathonTargets.App(id)}/restart".With(("force", MarathonTargets.Flag(force)));
        var request = new MarathonRequest(HttpMethod.Post, target, $"restart the app '{id}'");

        // Nothing but its version tells an app that was restarted from one that was not.
        App before = await FindAppAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new MesosDockerException(Fault.AppNotFound, $"There is no app '{id}' to restart.");
        return await WriteAsync(
            request, Fault.AppNotFound, token => LookForRestartAsync(id, before.Version, token), cancellationToken).ConfigureAwait(false);
    }

    /// <returns>The newest first.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/></exception>
    public async Task<IReadOnlyList<string>> ListVersionsAsync(string appId, CancellationToken cancellationToken)
    {
        MarathonRequest request = MarathonRequest.Get($"{MarathonTargets.App(appId)}/versions", $"list the versions of the app '{appId}'");
        MarathonReply reply = await AskAsync(request, Fault.AppNotFound, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> versions = reply.Read(MarathonJson.Default.VersionsEnvelope).Versions ?? throw MarathonFailure.Invalid(reply);
        return [.. versions.OrderByDescending(MomentOf)];
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/></exception>
    public async Task<App> GetVersionAsync(string appId, string version, CancellationToken cancellationToken)
    {
        string target = $"{MarathonTargets.App(appId)}/versions/{Uri.EscapeDataString(version)}";
        MarathonRequest request = MarathonRequest.Get(target, $"read version '{version}' of the app '{appId}'");
        MarathonReply reply = await AskAsync(request, Fault.AppNotFound, cancellationToken).ConfigureAwait(false);
        return reply.Read(App.FromJson);
    }

    internal static DateTimeOffset MomentOf(string? version)
        => DateTimeOffset.TryParse(version, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment)
            ? moment
            : DateTimeOffset.MinValue;

    private static App? Next(MarathonReply reply, IEnumerator<ReadOnlyMemory<byte>> texts)
    {
        try
        {
            return texts.MoveNext() ? reply.Read(_ => App.FromJson(texts.Current)) : null;
        }
        catch (JsonException e)
        {
            throw MarathonFailure.Invalid(reply, e);
        }
    }

    private static IEnumerable<(string Name, string? Value)> Embedded(string of, IEnumerable<string> what)
        => what.Select(name => ("embed", (string?)$"{of}.{name}"));
}
