using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MesosDocker.Core.Tests.Marathon;

/// <summary>
/// Every example of Marathon's own documentation, from a copy of github.com/mesosphere/marathon named by MARATHON_SOURCE: it is read,
/// written back without loss, and valid; but for those that Marathon itself would refuse, which are listed with their reason.
/// </summary>
public sealed partial class DocumentationTests(ITestOutputHelper output)
{
    private const string Variable = "MARATHON_SOURCE";

    /// <summary>Fewer would mean that the examples were not found where they are looked for.</summary>
    private const int FewestExamples = 80;

    private static readonly JsonDocumentOptions s_lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [Fact]
    public void Examples_SurviveTheirRoundTrip()
    {
        IReadOnlyList<Example> examples = Examples();
        List<string> lost = [];
        foreach (Example example in examples)
        {
            if (Difference(example) is { } difference && DocumentationMistakes.Reason(example.File, difference) is null)
            {
                lost.Add($"{example}: {difference}");
            }
        }

        output.WriteLine($"{examples.Count} examples");
        Assert.True(lost.Count == 0, string.Join('\n', lost));
        Assert.True(examples.Count >= FewestExamples, $"{examples.Count} examples only");
    }

    [Fact]
    public void Examples_AreValid()
    {
        IReadOnlyList<Example> examples = Examples();
        List<string> refused = [];
        HashSet<string> mistakes = [];
        foreach (Example example in examples)
        {
            foreach (string error in Definitions.Errors(example.Judge()))
            {
                string? known = DocumentationMistakes.Reason(example.File, error);
                if (known is null)
                {
                    refused.Add($"{example}: {error}");
                }
                else
                {
                    mistakes.Add($"{example}: {error} ({known})");
                }
            }
        }

        output.WriteLine(string.Join('\n', mistakes));
        Assert.True(refused.Count == 0, string.Join('\n', refused));
    }

    private static string? Difference(Example example)
    {
        try
        {
            return SameJson.Difference(example.Json, example.Again());
        }
        catch (MesosDockerException e)
        {
            return e.Message;
        }
    }

    private IReadOnlyList<Example> Examples()
    {
        string? source = Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(source))
        {
            Assert.Skip($"{Variable} names no copy of github.com/mesosphere/marathon.");
        }

        int unknown = 0;
        List<Example> examples = [];
        foreach (string file in Directory.EnumerateFiles(Path.Combine(source, "docs"), "*.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string text = Path.GetExtension(file) is ".md" or ".json" ? File.ReadAllText(file) : "";
            IEnumerable<(int Line, string Text)> blocks = Path.GetExtension(file) == ".json" ? [(1, text)] : Blocks(text);
            foreach ((int line, string block) in blocks)
            {
                Example[] found = [.. Read(block).SelectMany(json => Example.In(json, Path.GetRelativePath(source, file), line))];
                unknown += found.Length == 0 && block.Contains('{') ? 1 : 0;
                examples.AddRange(found);
            }
        }

        output.WriteLine($"{unknown} other blocks (answers about tasks, deployments and events; fragments; what is no JSON)");
        return examples;
    }

    private static IEnumerable<(int Line, string Text)> Blocks(string markdown)
        => Fence().Matches(markdown).Select(match => (markdown.AsSpan(0, match.Index).Count('\n') + 1, match.Groups[1].Value));

    // As it stands; as the fields of an object; what a command line carries; each without what "..." stands for.
    private static IEnumerable<JsonElement> Read(string whole)
    {
        string block = Elision().Replace(whole, "");
        int first = block.IndexOf('{');
        int last = block.LastIndexOf('}');
        string[] candidates = first < 0 || last < first ? [] : [block, "{" + block + "}", block[first..(last + 1)]];
        foreach (string candidate in candidates)
        {
            if (Parse(candidate) is { } json)
            {
                return [json];
            }
        }

        return [];
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), s_lenient);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\.\.\.,?")]
    private static partial Regex Elision();

    [GeneratedRegex(@"^[ \t]*```[^\n]*\n(.*?)^[ \t]*```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
