namespace MesosDocker.Marathon;

/// <summary>
/// A Marathon, 0.7 to 1.11, over its REST API (docs/docs/rest-api of mesosphere/marathon). What only reads is tried on the next endpoint
/// when one fails; what writes is sent once, and where its answer is lost, what became of it is read back. Safe for several callers.
/// </summary>
/// <exception cref="MesosDockerException">
/// Of every member: <see cref="Fault.MarathonUnreachable"/>, <see cref="Fault.MarathonAccessDenied"/>,
/// <see cref="Fault.MarathonAnswerInvalid"/>, <see cref="Fault.MarathonRejected"/>; of every one that writes
/// <see cref="Fault.MarathonOutcomeUnknown"/>; and what the member names. Where Marathon refused, <see cref="MesosDockerException.Detail"/>
/// is its <see cref="MarathonRefusal"/>.
/// </exception>
public sealed partial class MarathonClient : IDisposable
{
    private readonly MarathonLimits _limits;
    private readonly MarathonHttp _http;
    private readonly MarathonEndpoints _endpoints;

    /// <exception cref="MesosDockerException"><see cref="Fault.ConfigurationInvalid"/>, <see cref="Fault.FileUnreadable"/>.</exception>
    public MarathonClient(MarathonConnection connection)
        : this(connection, new MarathonLimits())
    {
    }

    internal MarathonClient(MarathonConnection connection, MarathonLimits limits)
    {
        Connection = connection;
        _limits = limits;
        _http = new MarathonHttp(connection, limits);
        _endpoints = new MarathonEndpoints(connection, _http);
    }

    public MarathonConnection Connection { get; }

    internal MarathonLimits Limits => _limits;

    public void Dispose() => _http.Dispose();

    /// <param name="missing">What it means that something is not there.</param>
    private async Task<MarathonReply> AskAsync(MarathonRequest request, Fault missing, CancellationToken cancellationToken)
    {
        MarathonReply reply = await _endpoints.AskAsync(request, cancellationToken).ConfigureAwait(false);
        return reply.IsSuccess ? reply : throw MarathonFailure.Refused(reply, missing);
    }

    /// <returns>Null: Marathon says that there is none.</returns>
    private async Task<MarathonReply?> FindAsync(MarathonRequest request, CancellationToken cancellationToken)
    {
        MarathonReply reply = await _endpoints.AskAsync(request, cancellationToken).ConfigureAwait(false);
        return reply.IsNotFound ? null
            : reply.IsSuccess ? reply
            : throw MarathonFailure.Refused(reply, Fault.MarathonRejected);
    }
}
