namespace MesosDocker.Docker;

/// <summary>
/// Every option of <c>docker run</c>, Docker 20.10 to 28 (docs.docker.com/reference/cli/docker/container/run). The one table from which
/// lines are read and written. Its order is the order in which values are applied and written: what builds on something stands behind
/// it.
/// </summary>
public static partial class RunOptions
{
    public static IReadOnlyList<RunOption> All => Table.All;

    internal static OptionTable<RunOption> Table => Lookup.Table;

    /// <returns>The option with this long name or alias, without dashes; null if there is none.</returns>
    public static RunOption? Find(string name) => Table.Find(name);

    private static RunOption[] Rank(RunOption[] options) => [.. options.Select((option, i) => option with { Rank = i })];

    // In a class of its own, so that it is built after every static field of the parts above.
    private static class Lookup
    {
        public static readonly OptionTable<RunOption> Table = new("docker run", Rank(
        [
            .. OfTheClient(),
            .. OfTheProcess(),
            .. OfTheEnvironment(),
            .. OfTheNetwork(),
            .. OfPorts(),
            .. OfStorage(),
            .. OfDevices(),
            .. OfResources(),
            .. OfSecurity(),
            .. OfNamespaces(),
            .. OfTheLifeCycle(),
        ]));
    }
}
