using System.Text.Json;
using MesosDocker.Io;

namespace MesosDocker.Marathon;

/// <summary>What a Marathon said when it refused; the <see cref="MesosDockerException.Detail"/> of an error that it led to.</summary>
/// <param name="Findings">What is wrong, field by field, in Marathon's words.</param>
/// <param name="Deployments">Ids of the deployments that lock what was to be changed.</param>
public sealed record MarathonRefusal(int Status, string? Message, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Deployments)
{
    private const int LongestMessage = 2000;
    private const int MostFindings = 100;

    /// <summary>It speaks as Marathon does, and not as some server in between.</summary>
    internal bool IsOfMarathon { get; private init; }

    internal static MarathonRefusal Of(MarathonReply reply)
    {
        try
        {
            return JsonText.Read(reply.Body, json => Of(reply.Status, json));
        }
        catch (JsonException)
        {
            return new MarathonRefusal(reply.Status, null, [], []);
        }
    }

    // Read by hand: no version of Marathon keeps to one shape. "details" is a list of objects, of texts, or one text; before 0.13 it is
    // "errors"; before 0.9 the message itself may be an object.
    private static MarathonRefusal Of(int status, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return new MarathonRefusal(status, null, [], []);
        }

        return new MarathonRefusal(status, Words(Field(json, "message")), [.. Details(json).Take(MostFindings)], [.. Locks(json)])
        {
            IsOfMarathon = Field(json, "message") is not null || Field(json, "errors") is not null,
        };
    }

    private static IEnumerable<Finding> Details(JsonElement json)
        => Items(Field(json, "details") ?? Field(json, "errors")).SelectMany(Details);

    private static IEnumerable<Finding> Details(JsonElement? detail)
    {
        if (detail is not { ValueKind: JsonValueKind.Object } json)
        {
            return Words(detail) is { } words ? [Found("/", words)] : [];
        }

        string place = Words(Field(json, "path")) ?? Words(Field(json, "attribute")) ?? "/";
        JsonElement? said = Field(json, "errors") ?? Field(json, "error") ?? Field(json, "message");
        return Items(said).Select(Words).OfType<string>().Select(words => Found(place, words));
    }

    private static IEnumerable<string> Locks(JsonElement json)
        => Items(Field(json, "deployments"))
            .Select(static item => Words(item is { ValueKind: JsonValueKind.Object } named ? Field(named, "id") : item))
            .OfType<string>();

    private static Finding Found(string place, string words) => new(Severity.Error, place, words);

    private static IEnumerable<JsonElement?> Items(JsonElement? json)
        => json is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Select(static item => (JsonElement?)item) : [json];

    private static JsonElement? Field(JsonElement json, string name)
        => json.TryGetProperty(name, out JsonElement field) && !field.IsNothing() ? field : null;

    private static string? Words(JsonElement? json)
        => json is not { } said || said.IsNothing() ? null
            : Printable.Of(said.ValueKind == JsonValueKind.String ? said.GetString()! : said.GetRawText(), LongestMessage);
}
