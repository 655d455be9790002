using MesosDocker.Io;
using static MesosDocker.Compose.CommonShapes;

namespace MesosDocker.Compose;

/// <summary>A whole file, and what stands in it beside services (compose specification, top-level elements).</summary>
internal static class ProjectShapes
{
    private static Shape External { get; } = new OneOfShape(Flag, new ObjectShape().Field("name", Text));

    private static Shape Network { get; } = new ObjectShape { AllowsNull = true }
        .Field("name", Text)
        .Field("driver", Text)
        .Field("driver_opts", Options)
        .Field("ipam", new ObjectShape()
            .Field("driver", Text)
            .Field("config", new AddressPoolsShape(new ObjectShape()
                .Field("subnet", Text)
                .Field("ip_range", Text)
                .Field("gateway", Text)
                .Field("aux_addresses", new MapShape(Text))))
            .Field("options", new MapShape(Text)))
        .Field("external", External)
        .Field("internal", Flag)
        .Field("enable_ipv4", Flag)
        .Field("enable_ipv6", Flag)
        .Field("attachable", Flag)
        .Field("labels", Pairs);

    private static Shape Volume { get; } = new ObjectShape { AllowsNull = true }
        .Field("name", Text)
        .Field("driver", Text)
        .Field("driver_opts", Options)
        .Field("external", External)
        .Field("labels", Pairs);

    private static Shape Secret { get; } = new ObjectShape()
        .Field("name", Text)
        .Field("environment", Text)
        .Field("file", Text)
        .Field("external", External)
        .Field("labels", Pairs)
        .Field("driver", Text)
        .Field("driver_opts", Options)
        .Field("template_driver", Text);

    private static Shape Config { get; } = new ObjectShape()
        .Field("name", Text)
        .Field("content", Text)
        .Field("environment", Text)
        .Field("file", Text)
        .Field("external", External)
        .Field("labels", Pairs)
        .Field("template_driver", Text);

    private static Shape Model { get; } = new ObjectShape()
        .Field("name", Text)
        .Required("model", Text)
        .Field("context_size", Count)
        .Field("runtime_flags", Texts);

    /// <summary>A file that a project includes, in its long syntax.</summary>
    public static Shape Include { get; } = new ObjectShape { Short = static path => path.Kind == ScalarKind.Text ? Map(path, "path") : null }
        .Required("path", TextOrTexts)
        .Field("env_file", TextOrTexts)
        .Field("project_directory", Text);

    /// <summary>Files of version 2, 3 and of the current specification, which all are one.</summary>
    public static ObjectShape Project { get; } = new ObjectShape { Hint = Hints.OfProject }
        .Field("version", Text)
        .Field("name", Text)
        .Field("include", new ListShape(Include))
        .Field("services", ServiceShapes.Services)
        .Field("networks", new MapShape(Network) { HasPlainNames = true })
        .Field("volumes", new MapShape(Volume) { HasPlainNames = true })
        .Field("secrets", new MapShape(Secret) { HasPlainNames = true })
        .Field("configs", new MapShape(Config) { HasPlainNames = true })
        .Field("models", new MapShape(Model) { HasPlainNames = true });

    /// <summary>Files of version 1, with their services as those of a project.</summary>
    public static ObjectShape OldProject { get; } = new ObjectShape()
        .Field("services", OldShapes.Services);
}
