namespace MesosDocker.Marathon;

public sealed partial class MarathonClient
{
    /// <summary>With the offers that were not used, and what can never be, where the server tells them.</summary>
    public async Task<IReadOnlyList<QueueItem>> ListQueueAsync(CancellationToken cancellationToken)
    {
        MarathonRequest request = MarathonRequest.Get("v2/queue".With(("embed", "lastUnusedOffers"), ("embed", "neverFits")), "list what waits");
        MarathonReply reply = await AskAsync(request, Fault.MarathonRejected, cancellationToken).ConfigureAwait(false);
        return reply.Read(MarathonJson.Default.QueueEnvelope).Queue ?? [];
    }

    /// <exception cref="MesosDockerException"><see cref="Fault.AppNotFound"/></exception>
    public async Task ResetDelayAsync(string appId, CancellationToken cancellationToken)
    {
        string target = $"{MarathonTargets.Of("v2/queue", appId)}/delay";
        await WriteAsync(
            new MarathonRequest(HttpMethod.Delete, target, $"launch the app '{appId}' without its delay"),
            Fault.AppNotFound,
            token => LookForNoDelayAsync(appId, token),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<MarathonInfo> GetInfoAsync(CancellationToken cancellationToken)
    {
        MarathonRequest request = MarathonRequest.Get("v2/info", "tell about itself");
        MarathonReply reply = await AskAsync(request, Fault.MarathonRejected, cancellationToken).ConfigureAwait(false);
        return reply.Read(MarathonJson.Default.MarathonInfo);
    }

    /// <returns>host:port; null while there is none.</returns>
    public async Task<string?> GetLeaderAsync(CancellationToken cancellationToken)
    {
        MarathonRequest request = MarathonRequest.Get("v2/leader", "name its leader");
        MarathonReply? reply = await FindAsync(request, cancellationToken).ConfigureAwait(false);
        return reply?.Read(MarathonJson.Default.LeaderEnvelope).Leader;
    }
}
