using System.Globalization;
using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>Volumes of volume drivers.</summary>
internal static class ExternalVolumeRules
{
    private const string Driver = "dvdi/driver";

    public static void Check(AppCase app, Volume volume, ExternalVolume external, Place at)
    {
        Place inside = at["external"];
        app.NeedsFeature(true, Features.ExternalVolumes, at);
        switch (external.Provider)
        {
            case "dvdi":
                CheckName(app, external, inside);
                CheckDriver(app, volume, external, at);
                CheckInstances(app);
                break;

            case "csi":
                CheckName(app, external, inside);
                CheckInterface(app, external, inside["options"]);
                break;

            default:
                app.Found.Error(inside["provider"], external.Provider is null ? "is missing; it is dvdi or csi." : "must be dvdi or csi.");
                break;
        }
    }

    private static void CheckName(AppCase app, ExternalVolume external, Place at)
        => app.Found.ErrorIf(string.IsNullOrEmpty(external.Name), at["name"], "is missing.");

    private static void CheckDriver(AppCase app, Volume volume, ExternalVolume external, Place at)
    {
        Place options = at["external"]["options"];
        Dictionary<string, string> said = Texts(external.Options, options, app.Found);
        foreach (string name in said.Keys)
        {
            app.Found.ErrorIf(!Names.IsVolumeOption(name), options[name], "is no name of an option, which is driver/option.");
        }

        app.Found.ErrorIf(
            !said.TryGetValue(Driver, out string? driver) || !Names.IsName(driver),
            options,
            $"must have \"{Driver}\" with the name of a volume driver, like rexray.");
        app.Found.ErrorIf(volume.ContainerPath is "." or "..", at["containerPath"], "must be a name of its own.");
        if (app.IsDocker)
        {
            app.Found.ErrorIf(said.Keys.Any(static name => name != Driver), options, $"must have \"{Driver}\" only with the Docker containerizer.");
            app.Found.ErrorIf(external.Size is not null, at["external"]["size"], "must not be said with the Docker containerizer.");
        }
        else
        {
            app.Found.ErrorIf(volume.Mode == "RO", at["mode"], "must be RW with the Mesos containerizer.");
        }

        if (driver == "rexray")
        {
            CheckRexray(said, options, app.Found);
        }
    }

    private static void CheckRexray(Dictionary<string, string> said, Place at, Findings found)
    {
        foreach ((string name, string value) in said)
        {
            string? wrong = name switch
            {
                "dvdi/volumetype" or "dvdi/newfstype" when !Names.IsName(value) => "must consist of lower-case letters, digits and inner dashes.",
                "dvdi/iops" when !long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long n) || n < 1
                    => "must be a whole number above 0.",
                "dvdi/overwritefs" when !bool.TryParse(value, out _) => "must be true or false.",
                _ => null,
            };
            found.ErrorIf(wrong is not null, at[name], wrong ?? "");
        }
    }

    private static void CheckInstances(AppCase app)
    {
        app.Found.ErrorIf(app.Said.Instances > 1, app.At, "instances must be at most 1 with a dvdi volume, which one task at a time can have.");
        app.Found.ErrorIf(
            app.Said.UpgradeStrategy?.MaximumOverCapacity > 0,
            app.At["upgradeStrategy"]["maximumOverCapacity"],
            "must be 0 with an external volume.");
    }

    private static void CheckInterface(AppCase app, ExternalVolume external, Place at)
    {
        var shape = new ObjectShape()
            .Required("pluginName", CommonShapes.FilledText)
            .Required("capability", new ObjectShape()
                .Required("accessMode", new TextShape
                {
                    Words =
                    [
                        "SINGLE_NODE_WRITER", "SINGLE_NODE_READER_ONLY", "MULTI_NODE_READER_ONLY", "MULTI_NODE_SINGLE_WRITER",
                        "MULTI_NODE_MULTI_WRITER",
                    ],
                })
                .Required("accessType", new TextShape { Words = ["block", "mount"] })
                .Field("fsType", CommonShapes.Text)
                .Field("mountFlags", CommonShapes.Texts))
            .Field("nodeStageSecret", CommonShapes.Labels)
            .Field("nodePublishSecret", CommonShapes.Labels)
            .Field("volumeContext", CommonShapes.Labels);
        if (external.Options is { } options)
        {
            shape.Check(options, at, app.Found);
            app.Found.ErrorIf(
                app.Said.Instances > 1 && options.GetRawText().Contains("\"SINGLE_NODE_", StringComparison.Ordinal),
                app.At["instances"],
                "must be at most 1 with a volume that one agent at a time can have (accessMode).");
        }
        else
        {
            app.Found.Error(at, "is missing.");
        }
    }

    private static Dictionary<string, string> Texts(JsonElement? options, Place at, Findings found)
    {
        Dictionary<string, string> texts = [];
        if (options is not { ValueKind: JsonValueKind.Object } map)
        {
            found.ErrorIf(options is not null, at, "must be an object.");
            return texts;
        }

        foreach (JsonProperty option in map.EnumerateObject())
        {
            if (option.Value.ValueKind == JsonValueKind.String)
            {
                texts[option.Name] = option.Value.GetString()!;
            }
            else
            {
                found.Error(at[option.Name], "must be a text.");
            }
        }

        return texts;
    }
}
