using static MesosDocker.Marathon.CommonShapes;

namespace MesosDocker.Marathon;

/// <summary>What servers add to apps, pods and groups.</summary>
internal static class ServerShapes
{
    public static Shape VersionInfo { get; } = new ObjectShape().Field("lastScalingAt", Text).Field("lastConfigChangeAt", Text);

    public static Shape Deployments { get; } = new ListShape(new ObjectShape().Field("id", Text));

    public static Shape ReadinessResults { get; } = new ListShape(new ObjectShape()
        .Field("name", Text)
        .Field("taskId", Text)
        .Field("ready", Flag)
        .Field("lastResponse", new ObjectShape().Field("status", Whole).Field("contentType", Text).Field("body", Text)));

    public static Shape TaskFailure { get; } = new ObjectShape()
        .Field("appId", Text)
        .Field("taskId", Text)
        .Field("state", Text)
        .Field("message", Text)
        .Field("host", Text)
        .Field("slaveId", Text)
        .Field("timestamp", Text)
        .Field("version", Text);

    public static Shape Tasks { get; } = new ListShape(new ObjectShape()
        .Field("id", Text)
        .Field("appId", Text)
        .Field("state", Text)
        .Field("host", Text)
        .Field("slaveId", Text)
        .Field("ports", new ListShape(Whole))
        .Field("servicePorts", new ListShape(Whole))
        .Field("ipAddresses", new ListShape(new ObjectShape().Field("ipAddress", Text).Field("protocol", Text)))
        .Field("stagedAt", Text)
        .Field("startedAt", Text)
        .Field("version", Text)
        .Field("healthCheckResults", new ListShape(new ObjectShape()
            .Field("alive", Flag)
            .Field("consecutiveFailures", Whole)
            .Field("firstSuccess", Text)
            .Field("lastSuccess", Text)
            .Field("lastFailure", Text)
            .Field("lastFailureCause", Text)
            .Field("instanceId", Text)
            .Field("taskId", Text)))
        .Field("localVolumes", new ListShape(new ObjectShape()
            .Field("runSpecId", Text)
            .Field("containerPath", Text)
            .Field("uuid", Text)
            .Field("persistenceId", Text)))
        .Field("region", Text)
        .Field("zone", Text)
        .Field("role", Text));
}
