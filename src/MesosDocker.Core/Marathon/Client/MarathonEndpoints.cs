namespace MesosDocker.Marathon;

/// <summary>The endpoints of one Marathon: who is asked first, who next, and where a redirect may lead.</summary>
internal sealed class MarathonEndpoints(MarathonConnection connection, MarathonHttp http)
{
    public const int MostRedirects = 5;

    private readonly MarathonEndpoint[] _all = connection.Endpoints.Count == 0
        ? throw new MesosDockerException(
            Fault.ConfigurationInvalid, "A connection to Marathon needs at least one endpoint, such as http://host:8080.")
        : [.. connection.Endpoints.Select(address => MarathonEndpoint.Of(address, connection))];

    private volatile int _last;

    /// <summary>The one that answered last first.</summary>
    public IEnumerable<MarathonEndpoint> InTurn()
    {
        int first = _last;
        return Enumerable.Range(0, _all.Length).Select(i => _all[(first + i) % _all.Length]);
    }

    public void Answered(MarathonEndpoint endpoint) => _last = Math.Max(0, Array.IndexOf(_all, endpoint));

    /// <summary>Asks one after the other, until one answers.</summary>
    public async Task<MarathonReply> AskAsync(MarathonRequest request, CancellationToken cancellationToken)
    {
        List<MesosDockerException> failures = [];
        foreach (MarathonEndpoint endpoint in InTurn())
        {
            Attempt attempt = await FollowAsync(endpoint, request, cancellationToken).ConfigureAwait(false);
            if (attempt is { Failure: null, Reply: { IsOfGateway: false } reply })
            {
                Answered(endpoint);
                return reply;
            }

            failures.Add(attempt.Failure ?? MarathonFailure.Refused(attempt.Reply!, Fault.MarathonRejected));
        }

        throw Worst(failures);
    }

    /// <summary>Tells it to one that is there, once. What was not sent, because nobody was there, the next may be told.</summary>
    public async Task<Attempt> TellAsync(MarathonRequest request, CancellationToken cancellationToken)
    {
        List<MesosDockerException> failures = [];
        foreach (MarathonEndpoint endpoint in InTurn())
        {
            Attempt attempt = await FollowAsync(endpoint, request, cancellationToken).ConfigureAwait(false);
            if (attempt.WasSent)
            {
                if (attempt.Failure is null)
                {
                    Answered(endpoint);
                }

                return attempt;
            }

            failures.Add(attempt.Failure!);
        }

        throw Worst(failures);
    }

    /// <summary>Where a redirect leads, if that is one of ours.</summary>
    public MarathonEndpoint? At(Uri address) => Array.Find(_all, endpoint => endpoint.IsAt(address));

    public static MesosDockerException Worst(List<MesosDockerException> failures)
        => failures is [var only]
            ? only
            : new MesosDockerException(
                failures[0].Fault,
                $"None of the {failures.Count} endpoints of Marathon answers. "
                    + $"{string.Join(' ', failures.Select(static failure => failure.Message))}",
                failures[0])
            {
                Detail = failures[0].Detail,
            };

    private async Task<Attempt> FollowAsync(MarathonEndpoint endpoint, MarathonRequest request, CancellationToken cancellationToken)
    {
        Uri address = endpoint.At(request.Target);
        for (int hop = 0; ; hop++)
        {
            Attempt attempt = await http.SendAsync(endpoint, address, request, cancellationToken).ConfigureAwait(false);
            if (attempt.Reply is not { IsRedirect: true } reply)
            {
                return attempt;
            }

            // 301 to 303 turn a change into a question.
            if (At(reply.Location!) is not { } next || (!request.IsSafe && reply.Status is not (307 or 308)))
            {
                return new Attempt(null, MarathonFailure.LeadsAway(reply), WasSent: false);
            }

            if (hop == MostRedirects)
            {
                return new Attempt(null, MarathonFailure.LeadsInCircles(reply), WasSent: false);
            }

            (endpoint, address) = (next, reply.Location!);
        }
    }
}
