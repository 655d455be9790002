using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>What apps and pods have in common.</summary>
internal static class CommonShapes
{
    public static Shape Text { get; } = new TextShape();

    public static Shape FilledText { get; } = new TextShape { MinLength = 1 };

    public static Shape Flag { get; } = new FlagShape();

    public static Shape Texts { get; } = new ListShape(Text);

    public static Shape Count { get; } = new WholeShape { Min = 0 };

    public static Shape LongCount { get; } = new WholeShape { Min = 0, Max = long.MaxValue };

    public static Shape Whole { get; } = new WholeShape();

    public static Shape Amount { get; } = new NumberShape { Min = 0 };

    /// <summary>A part of all instances.</summary>
    public static Shape Share { get; } = new NumberShape { Min = 0, Max = 1 };

    public static Shape AnyPort { get; } = new WholeShape { Min = 0, Max = 65535 };

    public static Shape Port { get; } = new WholeShape { Min = 1, Max = 65535 };

    public static Shape FilePath { get; } = new TextShape { MinLength = 1, MaxLength = 1024 };

    public static Shape Uri { get; } = new TextShape
    {
        MinLength = 1,
        MaxLength = 1024,
        Fits = UriText.IsValid,
        Form = "be an address without spaces, quotes or other characters that addresses do not have",
    };

    public static Shape Name { get; } = new TextShape
    {
        MinLength = 1,
        MaxLength = 63,
        Fits = Names.IsName,
        Form = "consist of lower-case letters, digits and inner dashes",
    };

    /// <summary>A name from a time when nobody counted.</summary>
    public static Shape LegacyName { get; } = new TextShape
    {
        MinLength = 1,
        Fits = Names.IsName,
        Form = "consist of lower-case letters, digits and inner dashes",
    };

    public static Shape Id { get; } = new TextShape
    {
        MinLength = 1,
        Fits = PathId.IsWellFormed,
        Form = "be a path like /group/app, of lower-case letters, digits, dots and inner dashes",
    };

    public static Shape Labels { get; } = new MapShape(Text);

    public static Shape Protocol { get; } = new TextShape { Words = ["tcp", "udp", "udp,tcp"] };

    public static Shape ReadMode { get; } = new TextShape { Words = ["RO", "RW"] };

    public static Shape Scheme { get; } = new TextShape { Words = ["HTTP", "HTTPS"] };

    public static Shape KillSelection { get; } = new TextShape { Words = ["YOUNGEST_FIRST", "OLDEST_FIRST"] };

    public static Shape EnvironmentValue { get; } = new Union(
        JsonValueKind.String,
        Text,
        new ObjectShape().Required("secret", Text));

    public static Shape Secrets { get; } = new MapShape(new ObjectShape().Required("source", FilledText)) { Key = new TextShape { MinLength = 1 } };

    public static Shape Network { get; } = new ObjectShape()
        .Field("name", new TextShape
        {
            MinLength = 1,
            MaxLength = 63,
            Fits = Names.IsNetworkName,
            Form = "consist of lower-case letters, digits and inner dashes and underscores",
        })
        .Field("mode", new TextShape { Words = ["container", "container/bridge", "host"] }, "\"container\"")
        .Field("labels", Labels, "{}");

    public static Shape Artifact { get; } = new ObjectShape()
        .Required("uri", Uri)
        .Field("extract", Flag, "true")
        .Field("executable", Flag, "false")
        .Field("cache", Flag, "false")
        .Field("destPath", FilePath);

    public static Shape UpgradeStrategy { get; } = new ObjectShape()
        .Required("minimumHealthCapacity", Share)
        .Required("maximumOverCapacity", Share);

    public static Shape UnreachableStrategy { get; } = new Union(
        JsonValueKind.String,
        new TextShape { Words = ["disabled"], IsStrict = true },
        new ObjectShape().Field("inactiveAfterSeconds", LongCount, "0").Field("expungeAfterSeconds", LongCount, "0"));

    public static Shape ExecutorResources { get; } = new ObjectShape()
        .Field("cpus", new NumberShape { Min = 0.1 })
        .Field("mem", new NumberShape { Min = 32 })
        .Field("disk", new NumberShape { Min = 10 });

    private static Shape Limit { get; } = new Union(JsonValueKind.String, new TextShape { Words = [ResourceLimit.UnlimitedWord], IsStrict = true }, new NumberShape());

    public static Shape ResourceLimits { get; } = new ObjectShape().Field("cpus", Limit).Field("mem", Limit);

    public static Shape PullConfig { get; } = new ObjectShape().Required("secret", FilledText);

    public static Shape LinuxInfo { get; } = new ObjectShape()
        .Field("seccomp", new ObjectShape().Field("profileName", Text).Field("unconfined", Flag))
        .Field("ipcInfo", new ObjectShape()
            .Required("mode", new TextShape { Words = ["PRIVATE", "SHARE_PARENT"] })
            .Field("shmSize", Whole));

    private static Shape MesosCommand { get; } = new ObjectShape()
        .Field("shell", FilledText)
        .Field("argv", new ListShape(Text) { MinItems = 1 });

    public static Shape Command { get; } = MesosCommand;

    public static Shape CommandCheck { get; } = new ObjectShape().Required("command", MesosCommand);

    public static Shape Persistent { get; } = new ObjectShape()
        .Field("type", new TextShape { Words = ["root", "path", "mount"] }, "\"root\"")
        .Required("size", LongCount)
        .Field("maxSize", LongCount)
        .Field("profileName", Text)
        .Field("constraints", new ListShape(new ListShape(Text) { MinItems = 2, MaxItems = 3 }) { IsSet = true }, "[]");
}
