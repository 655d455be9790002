using MesosDocker.Compose;

namespace MesosDocker.Pods;

/// <summary>Which services' ports the engine publishes.</summary>
internal static class ServicePorts
{
    public static bool ArePublished(ComposeService service)
        => service.Ports.Count > 0 && HasContainers(service) && !HasNoNetworkOfItsOwn(service) && SharesNetworkOf(service) is null;

    /// <summary>Not if another program than the engine provides it.</summary>
    public static bool HasContainers(ComposeService service) => service is { Provider: null, Replicas: > 0 };

    /// <summary>It listens on the host itself, or nowhere.</summary>
    public static bool HasNoNetworkOfItsOwn(ComposeService service) => service.NetworkMode is "host" or "none";

    /// <summary>The service or container whose network it is in; null: it is in one of its own.</summary>
    public static string? SharesNetworkOf(ComposeService service)
        => service.NetworkMode?.Split(':', 2) is ["service" or "container", var other] ? other : null;
}
