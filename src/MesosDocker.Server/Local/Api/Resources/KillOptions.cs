using MesosDocker.Marathon;
using Microsoft.AspNetCore.Http;

namespace MesosDocker.Local;

/// <summary>How tasks are to be killed.</summary>
internal sealed record KillOptions(bool Scale, bool Wipe, bool Force)
{
    /// <exception cref="BadHttpRequestException"></exception>
    public static KillOptions Of(ApiRequest request)
    {
        var options = new KillOptions(request.Flag("scale"), request.Flag("wipe"), request.Flag("force"));
        return options is { Scale: true, Wipe: true }
            ? throw new BadHttpRequestException("You cannot use scale and wipe at the same time.", StatusCodes.Status400BadRequest)
            : options;
    }

    public async Task<(IReadOnlyList<Instance> Killed, DeploymentResult? Deployment)> KillAsync(
        Cluster cluster, IReadOnlyList<Instance> instances, CancellationToken cancellationToken)
    {
        // Nothing to kill is no reason to trouble the cluster, unless a deployment is to come of it.
        return instances.Count == 0 && !Scale
            ? ([], null)
            : await cluster.KillAsync(new KillRequest([.. instances.Select(static instance => instance.TaskId)], Scale, Wipe, Force), cancellationToken);
    }
}
