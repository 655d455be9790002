using static MesosDocker.Compose.CommonShapes;

namespace MesosDocker.Compose;

/// <summary><c>deploy</c> of a service, and devices (compose deploy specification).</summary>
internal static class DeployShapes
{
    private static ObjectShape Device { get; } = new ObjectShape()
        .Field("capabilities", SetOfTexts)
        .Field("count", CountShape.Instance)
        .Field("device_ids", SetOfTexts)
        .Field("driver", Text)
        .Field("options", Pairs);

    private static Shape Devices { get; } = new ListShape(new ObjectShape()
        .Required("capabilities", SetOfTexts)
        .Field("count", CountShape.Instance)
        .Field("device_ids", SetOfTexts)
        .Field("driver", Text)
        .Field("options", Pairs));

    /// <summary>Devices that are GPUs; one text stands for all there are.</summary>
    public static Shape Gpus { get; } = new GpusShape(Device);

    private static Shape Update { get; } = new ObjectShape()
        .Field("parallelism", Count)
        .Field("delay", Duration)
        .Field("failure_action", Text)
        .Field("monitor", Duration)
        .Field("max_failure_ratio", new NumberShape { Min = 0 })
        .Field("order", new TextShape { Words = ["start-first", "stop-first"] });

    private static Shape GenericResources { get; } = new ListShape(new ObjectShape()
        .Field("discrete_resource_spec", new ObjectShape()
            .Field("kind", Text)
            .Field("value", Count)));

    private static Shape Resources { get; } = new ObjectShape()
        .Field("limits", new ObjectShape()
            .Field("cpus", Cpus)
            .Field("memory", BytesShape.OnlyText)
            .Field("pids", Whole))
        .Field("reservations", new ObjectShape()
            .Field("cpus", Cpus)
            .Field("memory", BytesShape.OnlyText)
            .Field("generic_resources", GenericResources)
            .Field("devices", Devices));

    public static Shape Deploy { get; } = new ObjectShape { AllowsNull = true }
        .Field("mode", Text)
        .Field("endpoint_mode", Text)
        .Field("replicas", Whole)
        .Field("labels", Pairs)
        .Field("rollback_config", Update)
        .Field("update_config", Update)
        .Field("resources", Resources)
        .Field("restart_policy", new ObjectShape()
            .Field("condition", Text)
            .Field("delay", Duration)
            .Field("max_attempts", Count)
            .Field("window", Duration))
        .Field("placement", new ObjectShape()
            .Field("constraints", Texts)
            .Field("preferences", new ListShape(new ObjectShape().Field("spread", Text)))
            .Field("max_replicas_per_node", Count));
}
