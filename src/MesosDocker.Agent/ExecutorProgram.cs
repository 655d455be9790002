using MesosDocker.Containerizer;
using MesosDocker.Io;

namespace MesosDocker.Agent;

/// <summary>The executor of compose pods, which is a program of its own: what it needs besides would make this one larger for each container
/// (docs/decisions.md, A29).</summary>
internal static class ExecutorProgram
{
    public const string Verb = "executor";

    /// <summary>Does not return if the program is there.</summary>
    /// <param name="running">This program's own file; the other lies beside it.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.ProgramMissing"/></exception>
    public static void Become(string running, IReadOnlyList<string> arguments)
    {
        string path = ExecutableChoice.ExecutorBeside(running) ?? throw new MesosDockerException(
            Fault.ProgramMissing,
            $"There is no '{ExecutableChoice.ExecutorName}' beside '{running}', which runs compose projects as tasks: both lie in bin/linux-x64 of the module, "
                + "and 'mesos-docker install' from there installs both.");
        ChildProcess.Become(path, arguments, SettingsSources.OfThisProcess(file: null).Environment);
    }
}
