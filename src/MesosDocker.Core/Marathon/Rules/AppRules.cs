using System.Text.Json;

namespace MesosDocker.Marathon;

/// <summary>Marathon's own rules for apps (1.11), judged without a Marathon, and advice on what it would take without a word.</summary>
internal static class AppRules
{
    /// <summary>A definition, as <c>POST /v2/apps</c> gets it.</summary>
    public static void Check(JsonElement json, Place at, MarathonSettings? settings, Findings found)
    {
        var shape = new Findings();
        AppShapes.App.Check(json, at, shape);
        found.AddRange(shape);
        if (!shape.IsUnreadable)
        {
            Check(json.Deserialize(MarathonJson.Default.App)!, at, settings, found);
        }
    }

    /// <summary>A change, as <c>PATCH</c> gets it: what its fields mean together shows only with the app that is changed.</summary>
    public static void CheckChange(JsonElement json, Place at, Findings found)
    {
        AppShapes.Change.Check(json, at, found);
        if (found.IsUnreadable)
        {
            return;
        }

        bool hasVersion = json.TryGetProperty("version", out JsonElement version) && version.ValueKind != JsonValueKind.Null;
        bool isAlone = json.EnumerateObject().All(static field => field.Name is "version" or "id" || field.Value.ValueKind == JsonValueKind.Null);
        found.ErrorIf(hasVersion && !isAlone, at, "version goes back to an earlier version, and may stand with nothing but id.");
    }

    /// <summary>What the fields mean together; each has its shape.</summary>
    public static void Check(App app, Place at, MarathonSettings? settings, Findings found)
    {
        var subject = new AppCase(app, at, settings, found);
        IdRules.Check(app.Id, at["id"], found);
        IdRules.CheckDependencies(app.Dependencies, at["dependencies"], found);
        AppCommandRules.Check(subject);
        AppSpellingRules.Check(subject);
        AppContainerRules.Check(subject);
        AppVolumeRules.Check(subject);
        AppNetworkRules.Check(subject);
        AppHealthRules.Check(subject);
        AppSchedulingRules.Check(subject);
        AppSecretRules.Check(subject);
        AppAdvice.Check(subject);
    }
}
