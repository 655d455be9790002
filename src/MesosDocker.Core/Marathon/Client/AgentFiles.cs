using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>
/// The files of a Mesos agent (docs/endpoints/files of Mesos): the sandboxes of its tasks. 0.20 to 1.11; the older ones have
/// <c>.json</c> at the end of each path.
/// </summary>
/// <exception cref="MesosDockerException">
/// Of every member: <see cref="Fault.AgentUnreachable"/>, <see cref="Fault.AgentRejected"/>.
/// </exception>
public sealed partial class AgentFiles : IDisposable
{
    /// <summary>An agent gives sixteen pages of memory at most.</summary>
    private const int LongestPiece = 64 << 10;

    private readonly MarathonHttp _http;
    private readonly MarathonEndpoints _endpoints;
    private string _ending = "";
    private bool _isKnown;

    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/>, <see cref="Fault.FileUnreadable"/>.</exception>
    public AgentFiles(AgentConnection connection)
        : this(connection, new MarathonLimits())
    {
    }

    internal AgentFiles(AgentConnection connection, MarathonLimits limits)
    {
        Connection = connection;
        var http = new MarathonConnection
        {
            Endpoints = [connection.Address],
            UserName = connection.UserName,
            Password = connection.Password,
            Token = connection.Token,
            AuthorityPath = connection.AuthorityPath,
            Timeout = connection.Timeout,
        };
        _http = new MarathonHttp(http, limits);
        _endpoints = new MarathonEndpoints(http, _http);
    }

    public AgentConnection Connection { get; }

    /// <returns>The folder of a task, running or ended; null: the agent knows no such task, or has forgotten it.</returns>
    public async Task<string?> FindSandboxAsync(string taskId, CancellationToken cancellationToken)
    {
        string doing = $"find the sandbox of the task '{taskId}'";
        MarathonReply reply = await AskAsync("state", [], doing, cancellationToken).ConfigureAwait(false)
            ?? throw new MesosDockerException(
                Fault.AgentRejected, $"What answers at {Connection.Address} is no Mesos agent: it has no /state.");
        return reply.Read<Found<string>>(body => JsonText.Read(body, json => new Found<string>(AgentState.SandboxOf(json, taskId)))).Value;
    }

    /// <summary>Asks a master, not an agent.</summary>
    internal async Task<Uri?> FindAgentAsync(string agentId, CancellationToken cancellationToken)
    {
        MarathonReply? reply = await AskAsync("slaves", [], $"find the agent '{agentId}'", cancellationToken).ConfigureAwait(false);
        return reply?.Read<Found<Uri>>(body => JsonText.Read(body, json => new Found<Uri>(AgentState.AddressOf(json, agentId)))).Value;
    }

    /// <returns>What is in a folder; null: there is no such folder.</returns>
    public async Task<IReadOnlyList<AgentFile>?> BrowseAsync(string path, CancellationToken cancellationToken)
    {
        MarathonReply? reply = await AskAsync("files/browse", [("path", path)], $"list '{path}'", cancellationToken).ConfigureAwait(false);
        return reply?.Read(static body => JsonText.Read(body, JsonText.ListOf(AgentFile.From)));
    }

    /// <returns>Up to 64 kB from an offset on, empty at the end of the file; null: there is no such file.</returns>
    public async Task<AgentPiece?> ReadAsync(string path, long offset, CancellationToken cancellationToken)
    {
        MarathonReply? reply = await AskAsync(
            "files/read",
            [("path", path), ("offset", $"{offset}"), ("length", $"{LongestPiece}")],
            $"read '{path}'",
            cancellationToken).ConfigureAwait(false);
        return reply?.Read(static body => AgentPieceText.Read(body.Span));
    }

    /// <returns>Bytes; null: there is no such file.</returns>
    public async Task<long?> LengthAsync(string path, CancellationToken cancellationToken)
    {
        // An offset of -1 asks for the end.
        MarathonReply? reply = await AskAsync(
            "files/read", [("path", path), ("offset", "-1")], $"read '{path}'", cancellationToken).ConfigureAwait(false);
        return reply?.Read(static body => AgentPieceText.Read(body.Span)).Offset;
    }

    public void Dispose() => _http.Dispose();

    private sealed record Found<T>(T? Value)
        where T : class;

    // What an old agent has under another name, and a file that is not there, are the same answer.
    private async Task<MarathonReply?> AskAsync(
        string target, (string Name, string? Value)[] options, string doing, CancellationToken cancellationToken)
    {
        MarathonReply reply = await SendAsync(target + _ending, options, doing, cancellationToken).ConfigureAwait(false);
        if (reply.Status == 404 && !_isKnown)
        {
            MarathonReply older = await SendAsync($"{target}.json", options, doing, cancellationToken).ConfigureAwait(false);
            (_ending, reply) = older.IsSuccess ? (".json", older) : (_ending, reply);
        }

        _isKnown |= reply.IsSuccess;
        return reply.Status == 404 ? null
            : reply.IsSuccess ? reply
            : throw MarathonFailure.Refused(reply, Fault.AgentRejected);
    }

    private Task<MarathonReply> SendAsync(
        string target, (string Name, string? Value)[] options, string doing, CancellationToken cancellationToken)
        => _endpoints.AskAsync(MarathonRequest.Get(target.With(options), doing) with { IsForAgent = true }, cancellationToken);
}
