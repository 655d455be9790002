using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary><c>/v2/deployments</c>.</summary>
internal sealed class DeploymentsResource(Parts parts)
{
    public Task<Answer> ListAsync()
    {
        ClusterState state = parts.Cluster.State;
        return Task.FromResult(Answer.List(
            null, state.Deployments.Select(deployment => DeploymentView.Of(deployment, state)), MarathonJson.Default.Deployment));
    }

    public async Task<Answer> CancelAsync(ApiRequest request, string id)
    {
        if (!parts.Cluster.State.Deployments.Any(deployment => deployment.Id == id))
        {
            return Answer.Message(404, $"DeploymentPlan {id} does not exist");
        }

        DeploymentResult? result = await parts.Cluster.CancelAsync(id, request.Flag("force"), request.Aborted);
        return result is null ? new Answer(202) : Answer.Deployment(result);
    }
}
