using static MesosDocker.Marathon.CommonShapes;

namespace MesosDocker.Marathon;

/// <summary>Apps and groups, field by field.</summary>
internal static class AppShapes
{
    private static Shape PortDefinition { get; } = new ObjectShape()
        .Field("port", AnyPort, "0")
        .Field("labels", Labels, "{}")
        .Field("name", LegacyName)
        .Field("protocol", Protocol, "\"tcp\"");

    private static Shape PortMapping { get; } = new ObjectShape()
        .Field("containerPort", AnyPort, "0")
        .Field("hostPort", AnyPort)
        .Field("servicePort", AnyPort, "0")
        .Field("labels", Labels, "{}")
        .Field("name", LegacyName)
        .Field("protocol", Protocol, "\"tcp\"")
        .Field("networkNames", new ListShape(Text), "[]");

    private static Shape IpAddress { get; } = new ObjectShape()
        .Field("networkName", FilledText)
        .Field("groups", Texts)
        .Field("labels", Labels)
        .Field("discovery", new ObjectShape()
            .Field("ports", new ListShape(new ObjectShape()
                .Field("number", AnyPort)
                .Required("name", LegacyName)
                .Field("protocol", Protocol)
                .Field("labels", Labels))));

    private static Shape Docker { get; } = new ObjectShape()
        .Required("image", FilledText)
        .Field("forcePullImage", Flag, "false")
        .Field("privileged", Flag, "false")
        .Field("parameters", new ListShape(new ObjectShape().Required("key", FilledText).Required("value", Text)), "[]")
        .Field("pullConfig", CommonShapes.PullConfig)
        .Field("network", new TextShape { Words = ["BRIDGE", "HOST", "NONE", "USER"] })
        .Field("portMappings", new ListShape(PortMapping))
        .Field("credential", new ObjectShape().Required("principal", Text).Field("secret", Text));

    private static Shape External { get; } = new ObjectShape()
        .Field("name", Text)
        .Field("provider", Text)
        .Field("size", LongCount)
        .Field("shared", Flag, "false")
        .Field("options", new AnyShape(), "{}");

    private static Shape Volume { get; } = new ObjectShape()
        .Required("containerPath", FilledText)
        .Field("hostPath", FilledText)
        .Field("persistent", Persistent)
        .Field("external", External)
        .Field("secret", FilledText)
        .Field("mode", ReadMode);

    private static Shape Container { get; } = new ObjectShape()
        .Field("type", new TextShape { Words = ["MESOS", "DOCKER"] }, "\"DOCKER\"")
        .Field("docker", Docker)
        .Field("linuxInfo", CommonShapes.LinuxInfo)
        .Field("volumes", new ListShape(Volume), "[]")
        .Field("portMappings", new ListShape(PortMapping));

    private static Shape HealthCheck { get; } = new ObjectShape()
        .Field("protocol", new TextShape { Words = ["HTTP", "HTTPS", "TCP", "COMMAND", "MESOS_TCP", "MESOS_HTTP", "MESOS_HTTPS"] }, "\"HTTP\"")
        .Field("ipProtocol", new TextShape { Words = ["IPv4", "IPv6"] }, "\"IPv4\"")
        .Field("path", Text)
        .Field("port", AnyPort)
        .Field("portIndex", AnyPort)
        .Field("command", new ObjectShape().Required("value", Text))
        .Field("gracePeriodSeconds", Count, "300")
        .Field("intervalSeconds", Count, "60")
        .Field("timeoutSeconds", Count, "20")
        .Field("delaySeconds", Count, "15")
        .Field("maxConsecutiveFailures", Count, "3")
        .Field("ignoreHttp1xx", Flag, "false");

    private static Shape Check { get; } = new ObjectShape()
        .Field("http", new ObjectShape().Field("portIndex", AnyPort).Field("port", AnyPort).Field("path", FilePath).Field("scheme", Scheme))
        .Field("tcp", new ObjectShape().Field("portIndex", AnyPort).Field("port", AnyPort))
        .Field("exec", CommandCheck)
        .Field("intervalSeconds", Count, "60")
        .Field("timeoutSeconds", Count, "20")
        .Field("delaySeconds", Count, "15");

    private static Shape ReadinessCheck { get; } = new ObjectShape()
        .Field("name", FilledText, "\"readinessCheck\"")
        .Field("protocol", Scheme, "\"HTTP\"")
        .Field("path", FilePath, "\"/\"")
        .Field("portName", LegacyName, "\"http-api\"")
        .Field("intervalSeconds", Count, "30")
        .Field("timeoutSeconds", new WholeShape { Min = 1 }, "10")
        .Field("httpStatusCodesForReady", new ListShape(new WholeShape { Min = 100, Max = 999 }) { MinItems = 1, IsSet = true }, "[200]")
        .Field("preserveLastResponse", Flag, "false");

    private static Shape Residency { get; } = new ObjectShape()
        .Field("relaunchEscalationTimeoutSeconds", LongCount)
        .Field("taskLostBehavior", new TextShape { Words = ["WAIT_FOREVER", "RELAUNCH_AFTER_TIMEOUT"] });

    /// <summary>A change: every field may be left out.</summary>
    public static Shape Change { get; } = Fields(new ObjectShape().Field("id", Id));

    /// <summary>A definition: it has an id.</summary>
    public static Shape App { get; } = Fields(new ObjectShape().Required("id", Id));

    private static ObjectShape Fields(ObjectShape app)
    {
        Definition(app);
        OlderSpellings(app);
        ServerFields(app);
        return app;
    }

    private static void Definition(ObjectShape app) => app
        .Field("cmd", FilledText)
        .Field("args", Texts, "[]")
        .Field("user", Text)
        .Field("container", Container)
        .Field("instances", Count, "1")
        .Field("cpus", new NumberShape { Min = 0.001 }, "1")
        .Field("mem", Amount, "128")
        .Field("disk", Amount, "0")
        .Field("gpus", Count, "0")
        .Field("resourceLimits", CommonShapes.ResourceLimits)
        .Field("executorResources", CommonShapes.ExecutorResources)
        .Field("executor", new TextShape { Fits = IsExecutor, Form = "be empty, '//cmd' or the path of a program" }, "\"\"")
        .Field("env", new MapShape(CommonShapes.EnvironmentValue) { Key = new TextShape { MinLength = 1 } }, "{}")
        .Field("labels", Labels, "{}")
        .Field("secrets", Secrets, "{}")
        .Field("constraints", new ListShape(new ListShape(Text) { MinItems = 2, MaxItems = 3 }) { IsSet = true }, "[]")
        .Field("acceptedResourceRoles", new ListShape(Text) { MinItems = 1, IsSet = true })
        .Field("role", FilledText)
        .Field("networks", new ListShape(CommonShapes.Network), "[{\"mode\":\"host\"}]")
        .Field("portDefinitions", new ListShape(PortDefinition))
        .Field("requirePorts", Flag, "false")
        .Field("fetch", new ListShape(CommonShapes.Artifact), "[]")
        .Field("healthChecks", new ListShape(HealthCheck) { IsSet = true }, "[]")
        .Field("check", Check)
        .Field("readinessChecks", new ListShape(ReadinessCheck), "[]")
        .Field("dependencies", new ListShape(Id) { IsSet = true }, "[]")
        .Field("backoffSeconds", Count, "1")
        .Field("backoffFactor", new NumberShape { Min = 1 }, "1.15")
        .Field("maxLaunchDelaySeconds", Count, "300")
        .Field("taskKillGracePeriodSeconds", Count)
        .Field("upgradeStrategy", CommonShapes.UpgradeStrategy)
        .Field("unreachableStrategy", CommonShapes.UnreachableStrategy)
        .Field("killSelection", CommonShapes.KillSelection, "\"YOUNGEST_FIRST\"")
        .Field("residency", Residency)
        .Field("tty", Flag);

    private static void OlderSpellings(ObjectShape app) => app
        .Field("ports", new ListShape(AnyPort))
        .Field("ipAddress", IpAddress)
        .Field("uris", new ListShape(CommonShapes.Uri))
        .Field("storeUrls", Texts);

    // What a server says of itself is not ours to judge, beyond what the model needs.
    private static void ServerFields(ObjectShape app) => app
        .ServersOwn("version", Text)
        .ServersOwn("versionInfo", ServerShapes.VersionInfo)
        .ServersOwn("tasksStaged", Whole)
        .ServersOwn("tasksRunning", Whole)
        .ServersOwn("tasksHealthy", Whole)
        .ServersOwn("tasksUnhealthy", Whole)
        .ServersOwn("deployments", ServerShapes.Deployments)
        .ServersOwn("readinessCheckResults", ServerShapes.ReadinessResults)
        .ServersOwn("tasks", ServerShapes.Tasks)
        .ServersOwn("lastTaskFailure", ServerShapes.TaskFailure)
        .ServersOwn("taskStats", new AnyShape())
        .ServersOwn("tasksStats", new AnyShape());

    private static bool IsExecutor(string text)
        => text is "" or "//cmd" || (!text.StartsWith("//", StringComparison.Ordinal) && !text.EndsWith('/') && !text.Contains("//", StringComparison.Ordinal));
}
