namespace MesosDocker.Docker;

/// <summary>
/// Agreeing on a version of the API, once.
/// <code>
/// GET /_ping     the header Api-Version is the engine's newest; engines before 1.13 have no such header
/// GET /version   only then, or when the engine is newer than we: ApiVersion, MinAPIVersion
/// </code>
/// What is spoken is the older of the engine's newest and ours. (The docker client asks by HEAD and falls back to GET; GET alone
/// is understood by every engine.)
/// </summary>
public sealed partial class DockerEngine
{
    private const string VersionHeader = "Api-Version";

    private async Task<Session> AgreeAsync(TimeLimit limit)
    {
        await EnterAsync(limit).ConfigureAwait(false);
        try
        {
            return _session ??= _connection is { } connection
                ? await AgreeAsync(connection, limit).ConfigureAwait(false)
                : await ConnectAsync(limit).ConfigureAwait(false);
        }
        finally
        {
            _agreeing.Release();
        }
    }

    private async Task EnterAsync(TimeLimit limit)
    {
        try
        {
            await _agreeing.WaitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            throw EngineFailure.TooLate(_address.Endpoints[0], "agree on a version of the API", limit.Length);
        }
    }

    private async Task<Session> ConnectAsync(TimeLimit limit)
    {
        var refusals = new List<MesosDockerException>();
        foreach (EngineEndpoint endpoint in _address.Endpoints)
        {
            var connection = new EngineConnection(endpoint, _timeouts.Connect);
            try
            {
                if (_address is { FixedVersion: { } version, Endpoints.Count: 1 })
                {
                    return new Session(_connection = connection, version);
                }

                Ping ping = await PingAsync(connection, limit).ConfigureAwait(false);
                _connection = connection;
                return await AgreeAsync(connection, ping, limit).ConfigureAwait(false);
            }
            catch (MesosDockerException e) when (!connection.HasConnected && !limit.IsOver)
            {
                refusals.Add(e);
            }
            finally
            {
                if (_connection != connection)
                {
                    connection.Dispose();
                }
            }
        }

        throw EngineFailure.FromAll(refusals);
    }

    private async Task<Session> AgreeAsync(EngineConnection connection, TimeLimit limit)
        => await AgreeAsync(connection, await PingAsync(connection, limit).ConfigureAwait(false), limit).ConfigureAwait(false);

    private async Task<Session> AgreeAsync(EngineConnection connection, Ping ping, TimeLimit limit)
    {
        if (_address.FixedVersion is { } fixedVersion)
        {
            return new Session(connection, fixedVersion);
        }

        ApiVersion newest;
        ApiVersion? oldest = null;
        if (ping.Version is { } header)
        {
            if (!ApiVersion.TryParse(header, out newest))
            {
                throw EngineFailure.Invalid(
                    connection.Endpoint, "agree on a version of the API", $"it calls its version '{EngineWords.Clean(header)}'");
            }
        }
        else
        {
            (newest, oldest) = await AskVersionsAsync(connection, limit).ConfigureAwait(false);
        }

        if (newest > ApiVersion.Newest && oldest is null)
        {
            (_, oldest) = await AskVersionsAsync(connection, limit).ConfigureAwait(false);
        }

        return new Session(connection, Choose(connection.Endpoint, newest, oldest));
    }

    private static ApiVersion Choose(EngineEndpoint endpoint, ApiVersion newest, ApiVersion? oldest)
        => newest < ApiVersion.Oldest
            ? throw new MesosDockerException(
                Fault.EngineTooOld,
                $"The Docker engine at {endpoint} speaks version {newest} of its API; {ApiVersion.Oldest} (Docker 1.12) is the "
                + "oldest that is spoken here. Install a newer engine.")
            : oldest > ApiVersion.Newest
            ? throw new MesosDockerException(
                Fault.EngineTooNew,
                $"The Docker engine at {endpoint} speaks no version of its API below {oldest}; {ApiVersion.Newest} is the newest "
                + "that is spoken here. Install a newer MesosDocker, or let the engine speak older versions "
                + "(DOCKER_MIN_API_VERSION in its environment).")
            : newest < ApiVersion.Newest ? newest : ApiVersion.Newest;

    private async Task<Ping> PingAsync(EngineConnection connection, TimeLimit limit)
    {
        EngineRequest request = Get(new RequestPath("_ping"), "agree on a version of the API");
        using EngineReply reply = await SendAsync(connection, null, request, limit).ConfigureAwait(false);
        if (reply.Header(VersionHeader) is { } version)
        {
            // A 500 says that the engine is unwell, not that it does not know its version.
            return new Ping(version);
        }

        return reply.Status is 401 or 403
            ? throw EngineFailure.FromAnswer(
                reply.Endpoint, request, reply.Status, await ReadRefusalAsync(reply, request, limit).ConfigureAwait(false))
            : new Ping(null);
    }

    private async Task<(ApiVersion Newest, ApiVersion? Oldest)> AskVersionsAsync(EngineConnection connection, TimeLimit limit)
    {
        EngineRequest request = Get(new RequestPath("version"), "ask for its version");
        using EngineReply reply = await SendAsync(connection, null, request, limit).ConfigureAwait(false);
        byte[] body = await ReadRefusalAsync(reply, request, limit).ConfigureAwait(false);
        if (!reply.IsSuccess)
        {
            throw EngineFailure.FromAnswer(reply.Endpoint, request, reply.Status, body);
        }

        EngineVersion version = Parse(body, EngineVersion.From, request.Action);
        return !ApiVersion.TryParse(version.ApiVersion, out ApiVersion newest)
            ? throw EngineFailure.Invalid(
                connection.Endpoint, request.Action, $"it calls its version '{EngineWords.Clean(version.ApiVersion)}'")
            : (newest, ApiVersion.TryParse(version.MinApiVersion, out ApiVersion oldest) ? oldest : null);
    }

    /// <param name="Version">Null: the engine has no such header.</param>
    private readonly record struct Ping(string? Version);
}
