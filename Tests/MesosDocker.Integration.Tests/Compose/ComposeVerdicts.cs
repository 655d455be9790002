using System.Collections.Concurrent;
using System.Text;
using MesosDocker.Compose;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.Compose;

/// <summary>All projects, judged once, by one process of docker-compose for each processor.</summary>
public sealed class ComposeVerdicts : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, ComposeVerdict> _verdicts = new();

    internal bool IsJudged { get; private set; }

    internal ComposeVerdict this[string project] => _verdicts[project];

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateDirectories(ProjectFolder.Root).Select(static folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    public async ValueTask InitializeAsync()
    {
        ConcurrentQueue<string> names = new(Names);
        IsJudged = (await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Run(() => JudgeAsync(names))))).All(static judged => judged);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<bool> JudgeAsync(ConcurrentQueue<string> names)
    {
        using DockerCompose? judge = DockerCompose.TryStart();
        using var written = new TemporaryDirectory();
        while (judge is not null && names.TryDequeue(out string? name))
        {
            var folder = new ProjectFolder(name);
            ComposeAnswer theirs = await judge.AskAsync(folder.Path, [.. folder.Arguments, "config"], folder.Environment);
            (ComposeProject? ours, MesosDockerException? refusal) = Read(folder);
            ComposeAnswer? rewritten = ours is null ? null : await RewrittenAsync(judge, written, name, ours);
            _verdicts[name] = new ComposeVerdict(theirs, ours, refusal, rewritten);
        }

        return judge is not null;
    }

    private static async Task<ComposeAnswer> RewrittenAsync(DockerCompose judge, TemporaryDirectory written, string name, ComposeProject project)
    {
        string path = written.Write($"{name}/docker-compose.yml", Encoding.UTF8.GetString(ComposeFileWriter.Json(project.Document)));
        return await judge.AskAsync(Path.GetDirectoryName(path)!, ["config"], new Dictionary<string, string> { ["HOME"] = "/nowhere" });
    }

    private static (ComposeProject? Project, MesosDockerException? Refusal) Read(ProjectFolder folder)
    {
        try
        {
            return (folder.ReadProject(), null);
        }
        catch (MesosDockerException e)
        {
            return (null, e);
        }
    }
}
