using MesosDocker.Io;

namespace MesosDocker.Fetching;

/// <summary>The programs of others that fetch what we do not.</summary>
internal static class FetchPrograms
{
    public static bool IsThere(string name, IReadOnlyDictionary<string, string> environment)
        => ChildProcess.Find(name, environment.GetValueOrDefault("PATH")) is not null;

    /// <summary>Where Mesos looks for it: <c>HADOOP_HOME</c>, else <c>PATH</c>.</summary>
    public static string Hadoop(IReadOnlyDictionary<string, string> environment)
        => environment.GetValueOrDefault("HADOOP_HOME") is { Length: > 0 } home ? Path.Combine(home, "bin", "hadoop") : "hadoop";
}
