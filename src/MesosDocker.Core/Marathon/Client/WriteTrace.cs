namespace MesosDocker.Marathon;

/// <summary>What there is to be seen of a write whose answer was lost.</summary>
/// <param name="Result">What is known of it, if it was done.</param>
/// <param name="Why">Else: what is there instead, to follow "because".</param>
/// <param name="IsTold">Null in both, and false: nothing there tells whether it was done.</param>
internal readonly record struct WriteTrace(DeploymentResult? Result, string? Why, bool IsTold)
{
    public static WriteTrace Done(string? version, string? deploymentId)
        => new(new DeploymentResult { Version = version, DeploymentId = deploymentId }, null, IsTold: true);

    public static WriteTrace NotDone(string why) => new(null, why, IsTold: true);

    public static WriteTrace Unknown(string why) => new(null, why, IsTold: false);
}
