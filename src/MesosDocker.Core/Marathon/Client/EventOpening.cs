namespace MesosDocker.Marathon;

/// <summary>Opens a stream at the first endpoint that gives one.</summary>
internal sealed class EventOpening(MarathonEndpoints endpoints, MarathonHttp http, MarathonRequest request)
{
    /// <exception cref="MesosDockerException">None does.</exception>
    public async Task<HttpResponseMessage> OpenAsync(CancellationToken cancellationToken)
    {
        List<MesosDockerException> failures = [];
        foreach (MarathonEndpoint endpoint in endpoints.InTurn())
        {
            try
            {
                return await OpenAsync(endpoint, cancellationToken).ConfigureAwait(false);
            }
            catch (MesosDockerException e)
            {
                failures.Add(e);
            }
        }

        throw MarathonEndpoints.Worst(failures);
    }

    private async Task<HttpResponseMessage> OpenAsync(MarathonEndpoint endpoint, CancellationToken cancellationToken)
    {
        Uri address = endpoint.At(request.Target);
        for (int hop = 0; hop <= MarathonEndpoints.MostRedirects; hop++)
        {
            HttpResponseMessage response = await HeadAsync(endpoint, address, cancellationToken).ConfigureAwait(false);
            if (response is { IsSuccessStatusCode: true, Content.Headers.ContentType.MediaType: "text/event-stream" })
            {
                return response;
            }

            using (response)
            {
                MarathonReply reply = await http.ReadAsync(response, endpoint, address, request, cancellationToken).ConfigureAwait(false);
                (endpoint, address) = (Next(reply), reply.Location!);
            }
        }

        throw MarathonFailure.LeadsInCircles(new MarathonReply(endpoint, request, 0));
    }

    // Who does not lead sends on to the leader.
    private MarathonEndpoint Next(MarathonReply reply)
        => reply.IsRedirect ? endpoints.At(reply.Location!) ?? throw MarathonFailure.LeadsAway(reply)
            : reply.IsSuccess ? throw MarathonFailure.Invalid(reply)
            : throw MarathonFailure.Refused(reply, Fault.MarathonRejected);

    private async Task<HttpResponseMessage> HeadAsync(MarathonEndpoint endpoint, Uri address, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = http.Limit(cancellationToken);
        try
        {
            return await http.OpenAsync(endpoint, address, request, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (MarathonHttp.IsOfTransport(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw http.Explain(e, endpoint, request, limit.IsCancellationRequested).Failure!;
        }
    }
}
