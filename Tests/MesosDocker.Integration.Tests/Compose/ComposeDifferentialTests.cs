namespace MesosDocker.Integration.Tests.Compose;

/// <summary>
/// Our reader against the real docker-compose 1.29, on projects of every style: what it refuses we refuse; the document that we make of a
/// project it accepts, and prints the same as of the project itself; and what it prints we read as the project.
/// </summary>
public sealed class ComposeDifferentialTests(ComposeVerdicts verdicts) : IClassFixture<ComposeVerdicts>
{
    private const int FewestProjects = 100;

    public static TheoryData<string> Same => [.. ComposeVerdicts.Names.Where(static name => KnownDifference.All.All(known => known.Project != name))];

    public static TheoryData<string> Different => [.. KnownDifference.All.Select(static known => known.Project)];

    [Theory]
    [MemberData(nameof(Same))]
    public void BothReadTheSame(string project)
    {
        ComposeVerdict verdict = Judged(project);

        if (!verdict.TheyAccept)
        {
            Assert.True(verdict.Ours is null, $"Only docker-compose refuses it: {verdict.Theirs.Error}");
            Assert.DoesNotContain('\n', verdict.Refusal!.Message);
            return;
        }

        Assert.True(verdict.Ours is not null, $"Only we refuse it: {verdict.Refusal?.Message}");
        Assert.True(verdict.Rewritten!.Status == 0, $"docker-compose refuses what we made of it: {verdict.Rewritten.Error}");
        Assert.Equal(ComposeOutput.Lines(verdict.Theirs.Output), ComposeOutput.Lines(verdict.Rewritten.Output));
        Assert.Equal(TypedProject.Of(new ProjectFolder(project).ReadAgain(verdict.Theirs.Output, verdict.Ours.Directory)), TypedProject.Of(verdict.Ours));
    }

    [Theory]
    [MemberData(nameof(Different))]
    public void KnownDifferences_AreStillThere(string project)
    {
        ComposeVerdict verdict = Judged(project);
        KnownDifference known = KnownDifference.All.Single(known => known.Project == project);

        Assert.NotEmpty(known.Reason);
        Assert.True(known.They == verdict.TheyAccept, $"docker-compose: {verdict.Theirs.Status} {verdict.Theirs.Error}");
        Assert.True(known.We == verdict.Ours is not null, $"we: {verdict.Refusal?.Message}");
        if (!known.We)
        {
            Assert.Contains(known.Part, verdict.Refusal!.Message, StringComparison.Ordinal);
        }
        else if (known.They)
        {
            Assert.Contains(ComposeOutput.Lines(verdict.Rewritten!.Output).Except(ComposeOutput.Lines(verdict.Theirs.Output)), line => line.Contains(known.Part, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Projects_AreOfEveryStyle()
    {
        string[] same = [.. ComposeVerdicts.Names.Where(static name => !name.StartsWith("different-", StringComparison.Ordinal))];

        Assert.True(same.Count(static name => !name.StartsWith("bad-", StringComparison.Ordinal)) >= FewestProjects, $"{same.Length} projects");
        Assert.All(
            (string[])["v1-", "v2-", "v3-", "spec-", "merge-", "extends-", "vars-", "env-file-", "anchors", "bad-"],
            style => Assert.Contains(same, name => name.StartsWith(style, StringComparison.Ordinal)));
        Assert.Equal(ComposeVerdicts.Names.Except(same), KnownDifference.All.Select(static known => known.Project).Order(StringComparer.Ordinal));
    }

    private ComposeVerdict Judged(string project)
    {
        Assert.SkipUnless(verdicts.IsJudged, DockerCompose.Missing);
        return verdicts[project];
    }
}
