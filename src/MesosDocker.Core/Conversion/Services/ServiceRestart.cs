namespace MesosDocker.Conversion;

/// <summary>What happens when a service's container ends. Marathon starts a task again, whatever its end was.</summary>
internal static class ServiceRestart
{
    private const string Policy = "deploy.restart_policy";
    private const string Once = "Run what ends once with Invoke-MesosDockerTask, or the whole project as one task (ConvertTo-MesosDockerApp -As Pod).";

    /// <returns>Seconds between two starts; null: nothing is said.</returns>
    public static int? Of(ServiceCase service)
    {
        if (service.Service.Restart is not { } restart)
        {
            service.Keys.Carry("restart");
            return null;
        }

        bool isDeployed = service.Keys.Says(Policy);

        // Where both are said, this one has no effect.
        service.Keys.Carry("restart", $"{Policy}.condition");
        if (restart.Policy is not ("always" or "unless-stopped"))
        {
            service.Keys.Lose(
                isDeployed ? $"{Policy}.condition" : "restart", $"Marathon starts a task again whatever its end was, and not only as '{restart.Policy}' says.", Once);
        }

        return restart.Delay is { } delay && delay > TimeSpan.Zero ? WholeSeconds.Of(service.Keys, $"{Policy}.delay", delay) : null;
    }
}
