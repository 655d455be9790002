using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using MesosDocker.Marathon;

namespace MesosDocker.Core.Tests.Marathon.Client;

/// <summary>
/// The answers and events in Marathon's own documentation, from a copy of github.com/mesosphere/marathon named by MARATHON_SOURCE, of any
/// version: what the client knows of them is read and written back without loss.
/// </summary>
public sealed partial class WireDocumentationTests(ITestOutputHelper output)
{
    private static readonly JsonDocumentOptions s_lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [Fact]
    public void Answers_SurviveTheirRoundTrip()
    {
        string? source = Environment.GetEnvironmentVariable("MARATHON_SOURCE");
        if (string.IsNullOrEmpty(source))
        {
            Assert.Skip("MARATHON_SOURCE names no copy of github.com/mesosphere/marathon.");
        }

        Dictionary<string, int> counts = [];
        List<string> lost = [];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(source, "docs"), "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (JsonNode answer in Answers(file))
            {
                (string kind, string? difference) = Again(answer);
                counts[kind] = counts.GetValueOrDefault(kind) + 1;
                if (difference is not null)
                {
                    lost.Add($"{Path.GetRelativePath(source, file)} ({kind}): {difference}");
                }
            }
        }

        output.WriteLine(string.Join(", ", counts.Select(static count => $"{count.Value} {count.Key}")));
        Assert.True(lost.Count == 0, string.Join('\n', lost));
        Assert.True(counts.GetValueOrDefault("event") >= 10 || counts.GetValueOrDefault("queue") > 0, "The answers were not found where they are looked for.");
    }

    private static IEnumerable<JsonNode> Answers(string file)
    {
        if (Path.GetExtension(file) is not (".md" or ".json" or ".txt"))
        {
            return [];
        }

        string text = File.ReadAllText(file);
        IEnumerable<string> blocks = Path.GetExtension(file) switch
        {
            ".md" => Fence().Matches(text).Select(static match => match.Groups[1].Value),
            ".txt" => text.Split('\n').Where(static line => line.StartsWith("data:", StringComparison.Ordinal)).Select(static line => line[5..]),
            _ => [text],
        };
        return blocks.Select(Parse).OfType<JsonNode>();
    }

    // After the head of an answer, where there is one.
    private static JsonNode? Parse(string block)
    {
        int first = Beginning().Match(block) is { Success: true } match ? match.Index : -1;
        int last = Math.Max(block.LastIndexOf('}'), block.LastIndexOf(']'));
        try
        {
            return first < 0 || last < first ? null : JsonNode.Parse(block[first..(last + 1)], null, s_lenient);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string Kind, string? Difference) Again(JsonNode answer)
    {
        bool Has(string name) => answer is JsonObject fields && fields.ContainsKey(name);

        return answer is JsonArray { Count: > 0 } list && list[0] is JsonObject first && first.ContainsKey("affectedApps")
                ? ("deployments", Again(answer, MarathonJson.Default.IReadOnlyListDeployment))
            : Has("eventType") ? ("event", Again(answer, MarathonJson.Default.MarathonEvent))
            : Has("queue") ? ("queue", Again(answer, MarathonJson.Default.QueueEnvelope))
            : Has("marathon_config") ? ("info", Again(answer, MarathonJson.Default.MarathonInfo))
            : Has("deploymentId") ? ("result", Again(answer, MarathonJson.Default.DeploymentResult))
            : Has("steps") ? ("plan", Again(answer, MarathonJson.Default.StepsEnvelope))
            : Has("versions") ? ("versions", Again(answer, MarathonJson.Default.VersionsEnvelope))
            : Has("leader") ? ("leader", Again(answer, MarathonJson.Default.LeaderEnvelope))
            : Has("apps") && !Has("id") && !Has("groups") ? ("apps", Again(answer, MarathonJson.Default.AppsEnvelope))
            : Has("tasks") && !Has("id") ? ("tasks", Again(answer, MarathonJson.Default.TasksEnvelope))
            : Has("app") && answer["app"] is JsonObject ? ("app", Again(answer, MarathonJson.Default.AppEnvelope))
            : ("other", null);
    }

    private static string? Again<T>(JsonNode answer, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            string again = JsonSerializer.Serialize(answer.Deserialize(type)!, type);
            return SameJson.Difference(Definitions.Json(Modern(answer)!.ToJsonString()), Definitions.Json(again));
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    // Each shape that a step ever had is written in that of today.
    private static JsonNode? Modern(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(static field => KeyValuePair.Create(
            field.Key,
            field is { Key: "steps", Value: JsonArray steps } ? new JsonArray([.. steps.Select(Step)])
                : field.Key == "currentStep" ? Step(field.Value)
                : Modern(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Modern)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Step(JsonNode? step) => step switch
    {
        JsonArray => new JsonObject { ["actions"] = Modern(step) },
        JsonObject fields when !fields.ContainsKey("actions") => new JsonObject { ["actions"] = new JsonArray(Modern(step)) },
        _ => Modern(step),
    };

    [GeneratedRegex(@"^[ \t]*```[^\n]*\n(.*?)^[ \t]*```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\s*[\[{]", RegexOptions.Multiline)]
    private static partial Regex Beginning();
}
