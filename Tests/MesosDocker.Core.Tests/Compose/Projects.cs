using MesosDocker.Adapters.Yaml;
using MesosDocker.Compose;
using MesosDocker.Io;

namespace MesosDocker.Core.Tests.Compose;

/// <summary>Projects of texts in memory.</summary>
internal static class Projects
{
    public const string Directory = "/p";

    private const string FileMark = "--- ";

    private static readonly YamlText s_yaml = new();

    /// <param name="text">The first file; others follow lines like <c>--- over.yaml</c>, relative to the project. <c>--- environment</c> has
    /// variables from outside, <c>--- arguments</c> has <c>file NAME</c>, <c>profile NAME</c>, <c>name NAME</c> and <c>env NAME</c>.</param>
    public static ComposeProject Read(string text) => Reader(text, out ComposeRequest request).Read(request);

    public static ComposeReader Reader(string text, out ComposeRequest request)
    {
        Dictionary<string, string> files = Split(text);
        string[][] arguments = [.. Lines(files, "arguments").Select(static line => line.Split(' ', 2))];
        string[] main = [.. Values(arguments, "file")];
        Dictionary<string, string> environment = [];
        foreach (string line in Lines(files, "environment"))
        {
            string[] pair = line.Split('=', 2);
            environment[pair[0]] = pair[1];
        }

        request = new ComposeRequest
        {
            Files = [.. (main.Length == 0 ? ["compose.yaml"] : main).Select(name => new DocumentText(Absolute(name), files[name]))],
            Directory = Directory,
            ProjectName = Values(arguments, "name").FirstOrDefault(),
            Environment = environment,
            EnvironmentFiles = Values(arguments, "env").Select(Absolute).ToArray() is { Length: > 0 } paths ? paths : null,
            Profiles = Values(arguments, "profile").ToArray() is { Length: > 0 } profiles ? profiles : null,
        };
        return new ComposeReader(s_yaml, new ComposeFilesInMemory(files.ToDictionary(static file => Absolute(file.Key), static file => file.Value)));
    }

    public static string Absolute(string name) => Path.GetFullPath(name, Directory);

    private static Dictionary<string, string> Split(string text)
    {
        Dictionary<string, string> files = [];
        string name = "compose.yaml";
        List<string> lines = [];
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith(FileMark, StringComparison.Ordinal))
            {
                files[name] = string.Join('\n', lines);
                name = line[FileMark.Length..].Trim();
                lines = [];
            }
            else
            {
                lines.Add(line);
            }
        }

        files[name] = string.Join('\n', lines);
        return files;
    }

    private static IEnumerable<string> Lines(Dictionary<string, string> files, string name)
        => files.GetValueOrDefault(name)?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static IEnumerable<string> Values(IEnumerable<string[]> arguments, string key)
        => arguments.Where(argument => argument[0] == key).Select(static argument => argument[1]);
}
