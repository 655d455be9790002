using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Marathon;

namespace MesosDocker.Local;

/// <summary>Definitions out of requests: judged, refused as Marathon refuses them, and read.</summary>
internal static class Definitions
{
    /// <exception cref="RefusedException">400 where a field is of another type than it has, 422 where it breaks a rule.</exception>
    public static App ReadApp(JsonElement json, MarathonSettings settings) => Read(json, App.Judge(json, settings), App.FromJson);

    /// <inheritdoc cref="ReadApp"/>
    public static Group ReadGroup(JsonElement json, MarathonSettings settings) => Read(json, Group.Judge(json, settings), Group.FromJson);

    /// <summary>A change by itself: of an app of which only some fields are said.</summary>
    public static App ReadChange(JsonElement json) => Read(json, App.JudgeChange(json), App.FromJson);

    /// <summary>The items of a request's list.</summary>
    /// <exception cref="RefusedException">It is no list.</exception>
    public static IReadOnlyList<JsonElement> Items(JsonElement json) => json.ValueKind == JsonValueKind.Array
        ? [.. json.EnumerateArray()]
        : throw Unreadable("/", "must be a list of apps.");

    public static JsonObject ToObject(JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? JsonObject.Create(json)!
        : throw Unreadable("/", "must be an object.");

    public static JsonElement ToElement(JsonNode node)
    {
        using JsonDocument document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    public static RefusedException Invalid(string path, string message)
        => Refused(Refusal.Invalid, [new Finding(Severity.Error, path, message)]);

    public static RefusedException Unreadable(string path, string message)
        => Refused(Refusal.Unreadable, [new Finding(Severity.Error, path, message)]);

    private static T Read<T>(JsonElement json, IReadOnlyList<Finding> findings, Func<JsonElement, T> read)
    {
        Finding[] errors = [.. findings.Where(static finding => finding.Severity == Severity.Error)];
        T said;
        try
        {
            said = read(json);
        }
        catch (MesosDockerException e) when (e.Fault == Fault.DefinitionInvalid)
        {
            throw Refused(Refusal.Unreadable, errors.Length > 0 ? errors : [new Finding(Severity.Error, "/", e.Message)]);
        }

        return errors.Length == 0 ? said : throw Refused(Refusal.Invalid, errors);
    }

    private static RefusedException Refused(Refusal refusal, IReadOnlyList<Finding> findings)
        => new(refusal, refusal == Refusal.Invalid ? "Object is not valid" : "Invalid JSON") { Findings = findings };
}
