using System.Text.RegularExpressions;
using System.Xml.Linq;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests;

/// <summary>
/// Who may know whom: the layers of the house, read from its sources. A new project or area is refused until its line is written here.
/// </summary>
public sealed partial class LayerTests
{
    private const string Core = "MesosDocker.Core";

    private static readonly string[] s_roots = ["src", "Cmdlets"];

    private static readonly Dictionary<string, string[]> s_projects = new()
    {
        ["src/MesosDocker.Core"] = [],
        ["src/MesosDocker.Adapters"] = ["MesosDocker.Core"],
        ["src/MesosDocker.Agent"] = ["MesosDocker.Core"],
        ["src/MesosDocker.Executor"] = ["MesosDocker.Core", "MesosDocker.Adapters"],
        ["src/MesosDocker.Server"] = ["MesosDocker.Core", "MesosDocker.Adapters"],
        ["Cmdlets"] = ["MesosDocker.Core", "MesosDocker.Adapters"],
        ["Cmdlets/Help"] = ["MesosDocker.Cmdlets"],
    };

    private static readonly Dictionary<string, string[]> s_packages = new()
    {
        ["src/MesosDocker.Core"] = [],
        ["src/MesosDocker.Agent"] = [],
        ["src/MesosDocker.Executor"] = [],
        ["src/MesosDocker.Server"] = [],
        ["Cmdlets"] = ["PowerShellStandard.Library"],
        ["Cmdlets/Help"] = ["PowerShellStandard.Library"],
    };

    // Inside Core. What lies in MesosDocker itself (faults and their exception) is everybody's.
    private static readonly Dictionary<string, string[]> s_areas = new()
    {
        ["Io"] = [],
        ["Mesos"] = ["Io"],
        ["Docker"] = ["Io"],
        ["Fetching"] = ["Mesos", "Io"],
        ["Containerizer"] = ["Fetching", "Docker", "Mesos", "Io"],
        ["Compose"] = ["Io"],
        ["Marathon"] = ["Io"],
        ["Discovery"] = ["Marathon", "Io"],
        ["Cluster"] = ["Io"],
        ["Pods"] = ["Compose", "Fetching", "Docker", "Mesos", "Io"],
        ["Conversion"] = ["Compose", "Docker", "Fetching", "Marathon", "Pods", "Io"],
    };

    public static TheoryData<string> ProjectFiles() => [.. s_roots
        .SelectMany(static folder => Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, folder), "*.csproj", SearchOption.AllDirectories))
        .Select(static file => Path.GetRelativePath(TestData.RepositoryRoot, file))
        .Order()];

    public static TheoryData<string> Areas() => [.. Directory
        .EnumerateDirectories(Path.Combine(TestData.RepositoryRoot, "src", Core))
        .Select(static folder => Path.GetFileName(folder))
        .Where(static name => name is not "bin" and not "obj")
        .Order()];

    [Theory]
    [MemberData(nameof(ProjectFiles))]
    public void Project_KnowsOnlyItsLayers(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        XDocument project = XDocument.Load(Path.Combine(TestData.RepositoryRoot, file));
        string[] references = [.. Includes(project, "ProjectReference").Select(static include => Path.GetFileNameWithoutExtension(include)!)];
        string[] packages = [.. Includes(project, "PackageReference")];

        Assert.True(s_projects.TryGetValue(folder, out string[]? allowed), $"{file} has no line in this test.");
        Assert.Empty(references.Except(allowed));
        Assert.Empty(packages.Except(s_packages.GetValueOrDefault(folder) ?? packages));
    }

    [Theory]
    [MemberData(nameof(Areas))]
    public void Area_LivesInItsNamespace_AndKnowsOnlyItsLayers(string area)
    {
        Assert.True(s_areas.TryGetValue(area, out string[]? allowed), $"{Core}/{area} has no line in this test.");
        foreach (string file in Sources(area))
        {
            string source = WithoutCommentsAndText(File.ReadAllText(file));

            Assert.Matches($@"(?m)^namespace MesosDocker\.{area}\b", source);
            string[] wrong = [.. Mentioned(source).Where(name => name != area).Except(allowed)];
            Assert.True(wrong.Length == 0, $"{file} mentions {string.Join(", ", wrong)}, which {area} may not know.");
        }
    }

    [Fact]
    public void CoreItself_KnowsNoArea()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "src", Core), "*.cs"))
        {
            Assert.Empty(Mentioned(WithoutCommentsAndText(File.ReadAllText(file))));
        }
    }

    [Fact]
    public void Cmdlets_ReachPackagesThroughOneDoor()
    {
        string[] files = [.. Directory
            .EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "Cmdlets"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => WithoutCommentsAndText(File.ReadAllText(file)).Contains("MesosDocker.Adapters", StringComparison.Ordinal))
            .Select(static file => Path.GetFileName(file))];

        Assert.Empty(files.Except(["Adapters.cs"]));
    }

    [Fact]
    public void Areas_FormNoCircle()
    {
        foreach (string area in s_areas.Keys)
        {
            Assert.DoesNotContain(area, Reachable(area));
        }
    }

    [Theory]
    [InlineData("using MesosDocker.Docker;", "Docker")]
    [InlineData("using static MesosDocker.Docker.Words;", "Docker")]
    [InlineData("using Engine = MesosDocker.Docker.DockerEngine;", "Docker")]
    [InlineData("var x = new MesosDocker.Docker.ContainerSpec();", "Docker")]
    [InlineData("Docker.ContainerSpec x;", "Docker")]
    [InlineData("global::MesosDocker.Mesos.Launch x;", "Mesos")]
    [InlineData("/// <see cref=\"Docker.ContainerSpec\"/>", "")]
    [InlineData("x.Docker.ContainerSpec", "")]
    [InlineData("\"Docker.ContainerSpec\"", "")]
    [InlineData("using System.IO;", "")]
    public void TheTestItself_SeesEveryWayToMentionAnArea(string source, string areas)
        => Assert.Equal(areas, string.Join(',', Mentioned(WithoutCommentsAndText(source))));

    private static IEnumerable<string> Includes(XDocument project, string item)
        => project.Descendants(item).Select(static element => element.Attribute("Include")!.Value.Replace('\\', '/'));

    private static IEnumerable<string> Sources(string area)
        => Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, "src", Core, area), "*.cs", SearchOption.AllDirectories);

    // From inside MesosDocker.X, "Docker.ContainerSpec" means MesosDocker.Docker.ContainerSpec; "Docker.Image" may just as well be a property
    // called Docker, so a short name counts only if the area declares a type of that name.
    private static IEnumerable<string> Mentioned(string source)
    {
        string body = NamespaceLine().Replace(source, "");
        return s_areas.Keys.Where(area => Regex.IsMatch(body, $@"\bMesosDocker\.{area}\b")
            || Regex.Matches(body, $@"(?<![\w.]){area}\.([A-Z]\w*)").Any(match => Declared(area).Contains(match.Groups[1].Value)));
    }

    private static HashSet<string> Declared(string area) => Directory.Exists(Path.Combine(TestData.RepositoryRoot, "src", Core, area))
        ? [.. Sources(area).SelectMany(static file => TypeDeclaration().Matches(File.ReadAllText(file))).Select(static match => match.Groups[1].Value)]
        : [];

    private static HashSet<string> Reachable(string area)
    {
        HashSet<string> seen = [];
        var open = new Queue<string>(s_areas[area]);
        while (open.TryDequeue(out string? next))
        {
            if (seen.Add(next))
            {
                foreach (string further in s_areas[next])
                {
                    open.Enqueue(further);
                }
            }
        }

        return seen;
    }

    private static string WithoutCommentsAndText(string source) => CommentOrText().Replace(source, "");

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*" """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex CommentOrText();

    [GeneratedRegex(@"(?m)^namespace [\w.]+")]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(?:struct\s+|class\s+)?([A-Z]\w*)")]
    private static partial Regex TypeDeclaration();
}
