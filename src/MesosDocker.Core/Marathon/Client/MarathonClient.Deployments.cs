namespace MesosDocker.Marathon;

public sealed partial class MarathonClient
{
    public async Task<IReadOnlyList<Deployment>> ListDeploymentsAsync(CancellationToken cancellationToken)
    {
        MarathonRequest request = MarathonRequest.Get("v2/deployments", "list the deployments");
        MarathonReply reply = await AskAsync(request, Fault.MarathonRejected, cancellationToken).ConfigureAwait(false);
        return reply.Read(MarathonJson.Default.IReadOnlyListDeployment);
    }

    /// <returns>The deployment that leads back; null where it was forced, and everything stays as it is.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.DeploymentNotFound"/></exception>
    public async Task<DeploymentResult?> CancelDeploymentAsync(string id, bool force, CancellationToken cancellationToken)
    {
        string target = $"v2/deployments/{Uri.EscapeDataString(id)}".With(("force", MarathonTargets.Flag(force)));
        DeploymentResult result = await WriteAsync(
            new MarathonRequest(HttpMethod.Delete, target, force ? $"cancel the deployment '{id}'" : $"roll the deployment '{id}' back"),
            Fault.DeploymentNotFound,
            token => LookForNoDeploymentAsync(id, force, token),
            cancellationToken).ConfigureAwait(false);
        return force || result.DeploymentId is null ? null : result;
    }
}
