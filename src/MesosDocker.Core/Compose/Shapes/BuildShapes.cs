using static MesosDocker.Compose.CommonShapes;

namespace MesosDocker.Compose;

/// <summary>How images are built, and what is done with sources while developing (compose build and develop specifications).</summary>
internal static class BuildShapes
{
    public static Shape Build { get; } = new ObjectShape { Short = static context => context.Kind == Io.ScalarKind.Text ? Map(context, "context") : null }
        .Field("context", Text)
        .Field("dockerfile", Text)
        .Field("dockerfile_inline", Text)
        .Field("entitlements", Texts)
        .Field("args", new PairsShape { NothingIsEmpty = false })
        .Field("ssh", new PairsShape { NothingIsEmpty = false })
        .Field("labels", Pairs)
        .Field("cache_from", Texts)
        .Field("cache_to", Texts)
        .Field("no_cache", Flag)
        .Field("no_cache_filter", TextOrTexts)
        .Field("additional_contexts", Pairs)
        .Field("network", Text)
        .Field("provenance", Words)
        .Field("sbom", Words)
        .Field("pull", Flag)
        .Field("target", Text)
        .Field("shm_size", BytesShape.Instance)
        .Field("extra_hosts", HostsShape.Instance)
        .Field("isolation", Text)
        .Field("privileged", Flag)
        .Field("secrets", FileMounts("/run/secrets"))
        .Field("tags", NamedTexts)
        .Field("ulimits", Ulimits)
        .Field("platforms", Texts);

    private static Shape Hook { get; } = new ObjectShape()
        .Required("command", Command)
        .Field("user", Text)
        .Field("privileged", Flag)
        .Field("working_dir", Text)
        .Field("environment", CommonShapes.Environment);

    public static Shape Hooks { get; } = new ListShape(Hook);

    public static Shape StartHooks { get; } = new ListShape(new ObjectShape()
        .Field("command", Command)
        .Field("image", Text)
        .Field("user", Text)
        .Field("privileged", Flag)
        .Field("working_dir", Text)
        .Field("environment", CommonShapes.Environment)
        .Field("per_replica", Flag));

    public static Shape Develop { get; } = new ObjectShape { AllowsNull = true }
        .Field("watch", new ListShape(new ObjectShape()
            .Required("path", Text)
            .Required("action", new TextShape { Words = ["rebuild", "sync", "restart", "sync+restart", "sync+exec"] })
            .Field("ignore", TextOrTexts)
            .Field("include", TextOrTexts)
            .Field("target", Text)
            .Field("exec", Hook)
            .Field("initial_sync", Flag)));
}
