namespace MesosDocker.Core.Tests.Compose;

/// <summary>
/// What the current specification (github.com/compose-spec/compose-spec) says, clause by clause, and what its reference (compose-go) does where
/// it is silent: much of it no docker-compose 1 knows, so that nothing here can be compared with one.
/// </summary>
public sealed class SpecificationTests
{
    [Theory]
    [MemberData(nameof(InterpolationCases.Table), MemberType = typeof(InterpolationCases))]
    public void Interpolation(string clause, string files, string expected) => Check(clause, files, expected);

    [Theory]
    [MemberData(nameof(MergeCases.Table), MemberType = typeof(MergeCases))]
    public void Merging(string clause, string files, string expected) => Check(clause, files, expected);

    [Theory]
    [MemberData(nameof(IncludeCases.Table), MemberType = typeof(IncludeCases))]
    public void Include(string clause, string files, string expected) => Check(clause, files, expected);

    [Theory]
    [MemberData(nameof(ExtendsCases.Table), MemberType = typeof(ExtendsCases))]
    public void Extends(string clause, string files, string expected) => Check(clause, files, expected);

    [Theory]
    [MemberData(nameof(ProfileCases.Table), MemberType = typeof(ProfileCases))]
    public void Profiles(string clause, string files, string expected) => Check(clause, files, expected);

    [Theory]
    [MemberData(nameof(VariableFileCases.Table), MemberType = typeof(VariableFileCases))]
    public void VariableFiles(string clause, string files, string expected) => Check(clause, files, expected);

    [Theory]
    [MemberData(nameof(ServiceCases.Table), MemberType = typeof(ServiceCases))]
    public void Services(string clause, string files, string expected) => Check(clause, files, expected);

    [Theory]
    [MemberData(nameof(RuleCases.Table), MemberType = typeof(RuleCases))]
    public void Rules(string clause, string files, string expected) => Check(clause, files, expected);

    [Theory]
    [MemberData(nameof(ProjectCases.Table), MemberType = typeof(ProjectCases))]
    public void Project(string clause, string files, string expected) => Check(clause, files, expected);

    [Fact]
    public void TheTables_HaveNoClauseTwice()
    {
        string[] clauses = [.. new[]
        {
            InterpolationCases.Table, MergeCases.Table, IncludeCases.Table, ExtendsCases.Table, ProfileCases.Table, VariableFileCases.Table,
            ServiceCases.Table, RuleCases.Table, ProjectCases.Table,
        }.SelectMany(static table => table.Select(static row => row.Data.Item1))];

        Assert.True(clauses.Length >= 120, $"{clauses.Length} cases");
        Assert.Equal(clauses.Length, clauses.Distinct().Count());
    }

    private static void Check(string clause, string files, string expected)
    {
        Assert.NotEmpty(clause);
        Expectation.Check(files, expected);
    }
}
