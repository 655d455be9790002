using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary><c>/v2/queue</c>.</summary>
internal sealed class QueueResource(Parts parts)
{
    public Task<Answer> ListAsync(ApiRequest request)
    {
        ClusterState state = parts.Cluster.State;
        bool withOffers = request.Embeds.Contains("lastUnusedOffers");
        bool withFits = request.Embeds.Contains("neverFits");
        DateTimeOffset now = parts.Time.GetUtcNow();
        return Task.FromResult(Answer.List(
            "queue",
            state.Waiting
                .OrderBy(static app => app.Key)
                .Select(app => QueueView.Of(
                    app.Value,
                    state.Delays.GetValueOrDefault(app.Key),
                    withOffers,
                    withFits ? Capacity.Missing(app.Value.App, parts.Agent) : null,
                    now)),
            MarathonJson.Default.QueueItem));
    }

    public async Task<Answer> ResetAsync(ApiRequest request, string id)
    {
        if (!parts.Cluster.State.Waiting.ContainsKey(id))
        {
            return Answer.Message(404, $"Application {id} not found in tasks queue.");
        }

        await parts.Cluster.ResetDelayAsync(id, request.Aborted);
        return new Answer(204);
    }
}
