using static MesosDocker.Marathon.CommonShapes;

namespace MesosDocker.Marathon;

/// <summary>Pods, field by field.</summary>
internal static class PodShapes
{
    private static Shape Environment { get; } = new MapShape(CommonShapes.EnvironmentValue)
    {
        Key = new TextShape
        {
            Fits = Names.IsVariable,
            Form = "consist of letters, digits and underscores, not begin with a digit, and have at most 254 characters",
        },
    };

    private static Shape Endpoint { get; } = new ObjectShape()
        .Required("name", Name)
        .Field("containerPort", Port)
        .Field("hostPort", AnyPort)
        .Field("protocol", new ListShape(Name))
        .Field("labels", Labels)
        .Field("networkNames", new ListShape(Text));

    private static Shape Http { get; } = new ObjectShape().Required("endpoint", Name).Field("path", FilePath).Field("scheme", Scheme);

    private static Shape Tcp { get; } = new ObjectShape().Required("endpoint", Name);

    private static Shape Check { get; } = new ObjectShape()
        .Field("http", Http)
        .Field("tcp", Tcp)
        .Field("exec", CommandCheck)
        .Field("intervalSeconds", Count)
        .Field("timeoutSeconds", Count)
        .Field("delaySeconds", Count);

    private static Shape HealthCheck { get; } = new ObjectShape()
        .Field("http", Http)
        .Field("tcp", Tcp)
        .Field("exec", CommandCheck)
        .Field("gracePeriodSeconds", Count)
        .Field("intervalSeconds", Count)
        .Field("maxConsecutiveFailures", Count)
        .Field("timeoutSeconds", Count)
        .Field("delaySeconds", Count);

    private static Shape Image { get; } = new ObjectShape()
        .Required("kind", new TextShape { Words = ["DOCKER"] })
        .Required("id", FilePath)
        .Field("pullConfig", CommonShapes.PullConfig)
        .Field("forcePull", Flag)
        .Field("labels", Labels);

    private static Shape Resources { get; } = new ObjectShape()
        .Field("cpus", new NumberShape { Min = 0.001 })
        .Field("mem", new NumberShape { Min = 0.001 })
        .Field("disk", Amount)
        .Field("gpus", Count);

    private static Shape Container { get; } = new ObjectShape()
        .Required("name", Name)
        .Field("exec", new ObjectShape().Required("command", Command).Field("overrideEntrypoint", Flag))
        .Required("resources", Resources)
        .Field("resourceLimits", CommonShapes.ResourceLimits)
        .Field("endpoints", new ListShape(Endpoint))
        .Field("linuxInfo", CommonShapes.LinuxInfo)
        .Field("image", Image)
        .Field("environment", Environment)
        .Field("user", Text)
        .Field("healthCheck", HealthCheck)
        .Field("check", Check)
        .Field("volumeMounts", new ListShape(new ObjectShape()
            .Required("name", Name)
            .Required("mountPath", FilePath)
            .Field("readOnly", Flag)))
        .Field("artifacts", new ListShape(CommonShapes.Artifact))
        .Field("labels", Labels)
        .Field("lifecycle", new ObjectShape().Field("killGracePeriodSeconds", Amount))
        .Field("tty", Flag);

    private static Shape Scheduling { get; } = new ObjectShape()
        .Field("backoff", new ObjectShape().Field("backoff", Amount).Field("backoffFactor", Amount).Field("maxLaunchDelay", Amount))
        .Field("upgrade", new ObjectShape().Field("minimumHealthCapacity", Share).Field("maximumOverCapacity", Share))
        .Field("placement", new ObjectShape()
            .Field("constraints", new ListShape(new ObjectShape()
                .Required("fieldName", Text)
                .Required("operator", new TextShape { Words = Constraints.Operators })
                .Field("value", Text)) { IsSet = true })
            .Field("acceptedResourceRoles", Texts))
        .Field("killSelection", CommonShapes.KillSelection)
        .Field("unreachableStrategy", CommonShapes.UnreachableStrategy);

    public static Shape Pod { get; } = new ObjectShape()
        .Required("id", Id)
        .Field("labels", Labels)
        .Field("version", Text)
        .Field("user", FilledText)
        .Field("environment", Environment)
        .Required("containers", new ListShape(Container) { MinItems = 1 })
        .Field("secrets", Secrets)
        .Field("volumes", new ListShape(new ObjectShape()
            .Required("name", Name)
            .Field("host", Text)
            .Field("secret", FilledText)
            .Field("persistent", Persistent)))
        .Field("networks", new ListShape(CommonShapes.Network))
        .Field("scaling", new ObjectShape()
            .Required("kind", new TextShape { Words = ["fixed"] })
            .Field("instances", Count))
        .Field("scheduling", Scheduling)
        .Field("executorResources", CommonShapes.ExecutorResources)
        .Field("role", FilledText)
        .Field("linuxInfo", CommonShapes.LinuxInfo)
        .Field("legacySharedCgroups", Flag);
}
