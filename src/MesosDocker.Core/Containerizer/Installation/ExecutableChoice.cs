using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary>Which of the two builds of <c>mesos-docker</c> a machine gets.</summary>
/// <param name="file">Of the machine that we run on.</param>
internal sealed class ExecutableChoice(string file, string reason)
{
    /// <summary>What the agent is told to call.</summary>
    public const string Installed = "/usr/local/bin/mesos-docker";

    /// <summary>The executor of compose pods, which frameworks name.</summary>
    public const string InstalledExecutor = "/usr/local/bin/" + ExecutorName;

    public const string ExecutorName = "mesos-docker-executor";

    private const string StaticSuffix = "-static";

    private const string DynamicName = "mesos-docker";
    private const string StaticName = DynamicName + StaticSuffix;

    public string File { get; } = file;

    public string Reason { get; } = reason;

    /// <summary>The executor's file of the same build, beside one of <c>mesos-docker</c>; null: there is none.</summary>
    public static string? ExecutorBeside(string file)
    {
        string folder = Path.GetDirectoryName(file)!;
        string[] names = file.EndsWith(StaticSuffix, StringComparison.Ordinal) ? [ExecutorName + StaticSuffix, ExecutorName] : [ExecutorName];
        return names.Select(name => Path.Combine(folder, name)).FirstOrDefault(System.IO.File.Exists);
    }

    /// <param name="running">This program's own file; the other build is looked for beside it.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/>: the build that would start there is not at hand.</exception>
    public static async Task<ExecutableChoice> MakeAsync(TargetMachine machine, string running, CancellationToken cancellationToken)
    {
        if (machine.Locate(Installed) == running)
        {
            return new ExecutableChoice(running, "The agent calls this program for each container.");
        }

        string? Find(string name, bool isStatic)
            => NativeBuild.IsStatic == isStatic ? running
                : Path.Combine(Path.GetDirectoryName(running)!, name) is var beside && System.IO.File.Exists(beside) ? beside
                : null;

        string? dynamicBuild = Find(DynamicName, isStatic: false);
        bool starts = dynamicBuild is not null
            && (machine.IsThisOne
                ? dynamicBuild == running || await VersionQuestion.AskAsync(dynamicBuild, cancellationToken).ConfigureAwait(false) is not null
                : MachineLibraries.HasRecentGlibc(machine));
        return Make(dynamicBuild, Find(StaticName, isStatic: true), starts, MachineLibraries.HasOpenSsl(machine));
    }

    /// <param name="starts">The dynamic build would start.</param>
    /// <param name="hasOpenSsl">It would find what it needs for TLS.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/></exception>
    public static ExecutableChoice Make(string? dynamicBuild, string? staticBuild, bool starts, bool hasOpenSsl)
    {
        const string Calls = "The agent calls this program for each container.";
        return (dynamicBuild, staticBuild, starts, hasOpenSsl) switch
        {
            ({ } file, _, true, true) => new(file, $"{Calls} It is the dynamic build: the C library and OpenSSL that it needs are there."),
            ({ } file, null, true, false) => new(file, $"{Calls} It is the dynamic build; without OpenSSL it has no https."),
            (_, { } file, true, false) => new(file, $"{Calls} It is the static build, which gets https from curl: there is no OpenSSL."),
            (null, { } file, _, _) => new(file, $"{Calls} It is the static build, which needs nothing of the machine."),
            (_, { } file, false, _) => new(file, $"{Calls} It is the static build: there is no glibc 2.34 or later for the dynamic one."),
            _ => throw new MesosDockerException(
                Fault.ProgramMissing,
                $"The machine has no glibc 2.34 or later and needs '{StaticName}', which is not beside '{dynamicBuild}'; put it there and install again."),
        };
    }
}
