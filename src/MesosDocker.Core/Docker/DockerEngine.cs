using System.Text.Json;

namespace MesosDocker.Docker;

/// <summary>
/// A Docker engine, spoken to by its HTTP API (docs.docker.com/reference/api/engine). Connects at the first request, agrees with
/// the engine on a version of the API then, and keeps to the endpoint that let it in. Safe for many callers at once.
/// </summary>
/// <remarks>
/// Every method throws <see cref="MesosDockerException"/>: <see cref="Fault.EngineUnreachable"/>, <see
/// cref="Fault.EngineAccessDenied"/>, <see cref="Fault.EngineTooOld"/>, <see cref="Fault.EngineTooNew"/>, <see
/// cref="Fault.EngineAnswerInvalid"/> for the engine as a whole, and <see cref="Fault.EngineRejected"/>, <see
/// cref="Fault.EngineConflict"/> or what is named there for one request.
/// </remarks>
public sealed partial class DockerEngine : IDisposable
{
    // An inspected container has about 10 kB, a listed one 1.5 kB.
    private const int LongestAnswer = 64 * 1024 * 1024;
    private const int LongestRefusal = 16 * 1024;

    private readonly EngineAddress _address;
    private readonly EngineTimeouts _timeouts;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _agreeing = new(1, 1);
    private volatile EngineConnection? _connection;
    private volatile Session? _session;

    public DockerEngine(EngineAddress address, EngineTimeouts? timeouts = null)
        : this(address, timeouts ?? new EngineTimeouts(), TimeProvider.System)
    {
    }

    internal DockerEngine(EngineAddress address, EngineTimeouts timeouts, TimeProvider time)
    {
        _address = address;
        _timeouts = timeouts;
        _time = time;
    }

    /// <summary>The version of the API that is spoken; asks the engine the first time.</summary>
    public async ValueTask<ApiVersion> NegotiateAsync(CancellationToken cancellationToken)
    {
        if (_session is { } known)
        {
            return known.Version;
        }

        using var limit = new TimeLimit(_timeouts.Quick, cancellationToken);
        return (await AgreeAsync(limit).ConfigureAwait(false)).Version;
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _agreeing.Dispose();
    }

    /// <summary>The whole of an answer.</summary>
    private async Task<byte[]> AskAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(request.Limit, cancellationToken);
        using EngineReply reply = await SendAsync(request, limit).ConfigureAwait(false);
        try
        {
            return await reply.ReadToEndAsync(LongestAnswer, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            throw EngineFailure.TooLate(reply.Endpoint, request.Action, request.Limit);
        }
    }

    private async Task<T> AskAsync<T>(EngineRequest request, Func<JsonElement, T> read, CancellationToken cancellationToken)
        where T : class
        => Parse(await AskAsync(request, cancellationToken).ConfigureAwait(false), read, request.Action);

    /// <summary>The beginning of an answer; the rest is read from what is returned, for as long as it takes.</summary>
    private async Task<EngineReply> OpenAsync(EngineRequest request, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(request.Limit, cancellationToken);
        return await SendAsync(request, limit).ConfigureAwait(false);
    }

    private async Task<EngineReply> SendAsync(EngineRequest request, TimeLimit limit)
    {
        for (bool again = request.Archive is null; ; again = false)
        {
            Session session = _session ?? await AgreeAsync(limit).ConfigureAwait(false);
            EngineReply reply = await SendAsync(session.Connection, session.Version, request, limit).ConfigureAwait(false);
            if (reply.IsSuccess || (request.UnchangedIsFine && reply.IsUnchanged))
            {
                return reply;
            }

            using (reply)
            {
                byte[] body = await ReadRefusalAsync(reply, request, limit).ConfigureAwait(false);
                string words = EngineFailure.WordsOf(reply.Status, body);
                if (again && EngineFailure.IsAboutVersion(reply.Status, words))
                {
                    // The engine was replaced while we held on to what its predecessor spoke.
                    _ = Interlocked.CompareExchange(ref _session, null, session);
                    continue;
                }

                throw EngineFailure.FromWords(reply.Endpoint, request, reply.Status, words);
            }
        }
    }

    private static async Task<EngineReply> SendAsync(
        EngineConnection connection, ApiVersion? version, EngineRequest request, TimeLimit limit)
    {
        try
        {
            // Not disposed: that would close the caller's archive, and nothing else.
            HttpRequestMessage message = request.ToMessage(connection.BaseAddress, version);
            HttpResponseMessage response = await connection.SendAsync(message, limit.Token).ConfigureAwait(false);
            return await EngineReply.FromAsync(response, connection.Endpoint, request.Action).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException || EngineFailure.IsOfTransport(e))
        {
            limit.ThrowIfCallerCancelled();
            if (limit.IsOver)
            {
                throw EngineFailure.TooLate(connection.Endpoint, request.Action, request.Limit);
            }

            if (e is OperationCanceledException)
            {
                throw;
            }

            throw EngineFailure.FromTransport(connection.Endpoint, request.Action, e);
        }
    }

    private static async Task<byte[]> ReadRefusalAsync(EngineReply reply, EngineRequest request, TimeLimit limit)
    {
        try
        {
            return await reply.ReadUpToAsync(LongestRefusal, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            throw EngineFailure.TooLate(reply.Endpoint, request.Action, request.Limit);
        }
    }

    private T Parse<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> read, string action)
        where T : class
    {
        EngineEndpoint endpoint = _connection!.Endpoint;
        try
        {
            return DockerJson.Read(json, read);
        }
        catch (JsonException e)
        {
            throw EngineFailure.Invalid(endpoint, action, "it is not the JSON that the API promises", e);
        }
    }

    private EngineRequest Get(RequestPath path, string action, Fault missing = Fault.EngineRejected) => new()
    {
        Method = HttpMethod.Get,
        Path = path,
        Action = action,
        Limit = _timeouts.Quick,
        Missing = missing,
    };

    private EngineRequest Post(RequestPath path, string action, Fault missing = Fault.EngineRejected) => new()
    {
        Method = HttpMethod.Post,
        Path = path,
        Action = action,
        Limit = _timeouts.Slow,
        Missing = missing,
    };

    private EngineRequest Delete(RequestPath path, string action, Fault missing) => new()
    {
        Method = HttpMethod.Delete,
        Path = path,
        Action = action,
        Limit = _timeouts.Slow,
        Missing = missing,
    };

    private sealed record Session(EngineConnection Connection, ApiVersion Version);
}
