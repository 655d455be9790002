using System.Text.RegularExpressions;
using MesosDocker.TestKit;

namespace MesosDocker.Integration.Tests.RealMesos;

/// <summary>
/// A Mesos that has the external containerizer, which is any before 1.1, and the HTTP API that the tests' framework speaks: the one installed below <c>MESOS_HOME</c>, else the one on
/// <c>PATH</c> or below /usr or /usr/local.
/// </summary>
/// <param name="Prefix">What it was installed below: <c>sbin</c>, <c>lib</c> and <c>libexec</c> are there.</param>
internal sealed partial record MesosInstallation(string Prefix, string Master, string Agent)
{
    private static readonly Version s_firstWithApi = new(0, 28);
    private static readonly Version s_firstWithout = new(1, 1);

    // It was called a slave before 1.0.
    private static readonly string[] s_agents = ["mesos-agent", "mesos-slave"];

    public string Programs => Path.Combine(Prefix, "libexec", "mesos");

    /// <summary>Where its programs find libmesos, whatever they were linked for.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_LIBRARY_PATH"] = string.Join(':', new[] { Path.Combine(Prefix, "lib"), System.Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") }.OfType<string>()),
    };

    /// <summary>Skips the test where there is none.</summary>
    public static async Task<MesosInstallation> FindAsync()
    {
        string? home = System.Environment.GetEnvironmentVariable("MESOS_HOME");
        MesosInstallation? found = (home is { Length: > 0 } ? [home] : Prefixes()).Select(At).FirstOrDefault(static m => m is not null);
        Assert.SkipWhen(found is null, home is { Length: > 0 }
            ? $"MESOS_HOME is '{home}', but there is no sbin/mesos-master in it."
            : "There is no Mesos: MESOS_HOME names none, and mesos-master is neither on PATH nor below /usr or /usr/local.");
        string said = await RunningProgram.RunAsync(found!.Agent, ["--version"], found.Environment);
        Version version = Version.Parse(Number().Match(said).Value);
        Assert.SkipWhen(version < s_firstWithApi, $"Mesos {version} has no scheduler HTTP API; the tests need {s_firstWithApi} or later.");
        Assert.SkipWhen(version >= s_firstWithout, $"Mesos {version} has no external containerizer any more; it needs one before {s_firstWithout}.");
        return found;
    }

    /// <summary>A program of its examples, which only its build tree or a packager's kindness has; skips the test where it is missing.</summary>
    public string Example(string name)
    {
        string path = Path.Combine(Programs, "examples", name);
        Assert.SkipUnless(File.Exists(path), $"This Mesos was installed without its example '{name}'.");
        return path;
    }

    private static IEnumerable<string> Prefixes()
    {
        if (RunningProgram.Find("mesos-master") is { } program)
        {
            yield return Path.GetDirectoryName(Path.GetDirectoryName(program)!)!;
        }

        yield return "/usr/local";
        yield return "/usr";
    }

    private static MesosInstallation? At(string prefix)
    {
        string programs = Path.Combine(prefix, "sbin");
        string master = Path.Combine(programs, "mesos-master");
        string? agent = s_agents.Select(name => Path.Combine(programs, name)).FirstOrDefault(File.Exists);
        return File.Exists(master) && agent is not null ? new MesosInstallation(prefix, master, agent) : null;
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex Number();
}
