namespace MesosDocker.Docker;

/// <summary>
/// How much one line may ask for. Each option is small, and a few of them can still stand for millions of ports or gigabytes of files.
/// </summary>
internal static class RunLimits
{
    /// <summary>As many as a host has.</summary>
    public const int MostPorts = 65_536;

    public const int MostFiles = 64;

    /// <exception cref="MesosDockerException"><see cref="Fault.OptionValueInvalid"/></exception>
    public static void Check(IReadOnlyList<SaidOption<RunOption>> said)
    {
        Limit(said, ["publish", "expose"], PublishedPorts.Count, MostPorts, "ports");
        Limit(said, ["env-file", "label-file", "security-opt"], _ => 1, MostFiles, "files and security options");
    }

    private static void Limit(
        IReadOnlyList<SaidOption<RunOption>> said, string[] names, Func<OptionValue, int> count, int most, string what)
    {
        int left = most;
        foreach (SaidOption<RunOption> one in said)
        {
            if (names.Contains(one.Option.Name) && (left -= count(one.Value)) < 0)
            {
                throw one.Value.Invalid($"no more than {most} {what} on one line");
            }
        }
    }
}
