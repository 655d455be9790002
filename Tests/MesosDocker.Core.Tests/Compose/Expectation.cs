using System.Globalization;
using MesosDocker.Compose;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests.Compose;

/// <summary>
/// What a table says of a project, line by line: <c>services.web.image: nginx</c> (a field of the document, or <c>(none)</c>), <c>name: shop</c>,
/// <c>services: a b</c>, <c>files: a b</c>, <c>warning: part of a sentence</c>, <c>error: part of a sentence</c>.
/// </summary>
internal static class Expectation
{
    public const string None = "(none)";

    public static void Check(string text, string expected)
    {
        string[] lines = expected.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines is [var only, ..] && only.StartsWith("error: ", StringComparison.Ordinal))
        {
            var e = Assert.Throws<MesosDockerException>(() => Projects.Read(text));
            Assert.All(lines, line => Assert.Contains(line["error: ".Length..], e.Message, StringComparison.Ordinal));
            return;
        }

        ComposeProject project = Projects.Read(text);
        Assert.NotEmpty(lines);
        foreach (string line in lines)
        {
            Check(project, line);
        }
    }

    private static void Check(ComposeProject project, string line)
    {
        int colon = line.IndexOf(": ", StringComparison.Ordinal);
        (string what, string value) = (line[..colon], line[(colon + 2)..]);
        switch (what)
        {
            case "name":
                Assert.Equal(value, project.Name);
                break;
            case "services":
                Assert.Equal(value, project.Services.Count == 0 ? None : string.Join(' ', project.Services.Keys));
                break;
            case "files":
                Assert.Equal(value, string.Join(' ', project.Files.Select(static file => Path.GetRelativePath(Projects.Directory, file.Source))));
                break;
            case "warning":
                Assert.Contains(project.Warnings, warning => warning.ToString().Contains(value, StringComparison.Ordinal));
                break;
            case "warnings":
                Assert.Equal(value, project.Warnings.Count.ToString(CultureInfo.InvariantCulture));
                break;
            default:
                Assert.Equal($"{what}: {value}", $"{what}: {Find(project.Document, what)}");
                break;
        }
    }

    // Parts of a path are separated by dots, or by slashes where names have dots in them.
    private static string Find(SourceNode node, string path)
    {
        SourceNode? at = node;
        foreach (string part in path.Split(path.Contains('/') ? '/' : '.'))
        {
            at = at switch
            {
                SourceMap map => map[part],
                SourceList list when int.TryParse(part, out int index) && index < list.Items.Count => list.Items[index],
                _ => null,
            };
        }

        return at is null ? None : Text(at);
    }

    private static string Text(SourceNode node) => node switch
    {
        SourceMap map => $"{{{string.Join(", ", map.Fields.Select(static field => $"{field.Name}: {Text(field.Value)}"))}}}",
        SourceList list => $"[{string.Join(", ", list.Items.Select(Text))}]",
        _ => ((SourceScalar)node).Value.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal),
    };
}
