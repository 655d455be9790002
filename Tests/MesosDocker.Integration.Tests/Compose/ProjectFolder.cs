using MesosDocker.Adapters.Yaml;
using MesosDocker.Compose;
using MesosDocker.Io;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Compose;

/// <summary>
/// A project below Tests/Data/compose/differential. What its file <c>arguments</c> has goes before <c>config</c> on the command line; its file
/// <c>environment</c> has all variables.
/// </summary>
internal sealed class ProjectFolder(string name)
{
    private const string Main = "docker-compose.yml";
    private const string Override = "docker-compose.override.yml";

    public static string Root { get; } = TestData.PathOf("compose", "differential");

    public string Path { get; } = System.IO.Path.Combine(Root, name);

    public IReadOnlyList<string> Arguments => Read("arguments") is { } line ? line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];

    public IReadOnlyDictionary<string, string> Environment => (Read("environment") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(static line => line.Split('=', 2))
        .Append(["HOME", "/root"])
        .ToDictionary(static pair => pair[0], static pair => pair[1]);

    /// <summary>Ours, with all profiles.</summary>
    public ComposeProject ReadProject()
    {
        string[] files = [.. Given("-f").DefaultIfEmpty(Main)];
        files = files is [Main] && File.Exists(PathOf(Override)) ? [Main, Override] : files;
        return Reader.Read(new ComposeRequest
        {
            Files = [.. files.Select(file => DocumentText.FromFile(PathOf(file)))],
            Directory = System.IO.Path.GetDirectoryName(PathOf(files[0]))!,
            Environment = Environment,
            EnvironmentFiles = Given("--env-file").Select(PathOf).ToArray() is { Length: > 0 } paths ? paths : null,
            Profiles = ["*"],
        });
    }

    /// <summary>What another program made of it, as a project of the same place.</summary>
    public ComposeProject ReadAgain(string text, string directory) => Reader.Read(new ComposeRequest
    {
        Files = [new DocumentText(PathOf("again.yml"), text)],
        Directory = directory,
        Profiles = ["*"],
    });

    private static ComposeReader Reader => new(new YamlText(), new ComposeFilesOnDisk());

    private string PathOf(string file) => System.IO.Path.Combine(Path, file);

    private string? Read(string file) => File.Exists(PathOf(file)) ? File.ReadAllText(PathOf(file)) : null;

    private IEnumerable<string> Given(string option) => Arguments.Zip(Arguments.Skip(1)).Where(pair => pair.First == option).Select(static pair => pair.Second);
}
