using MesosDocker.Io;

namespace MesosDocker.Pods;

/// <summary>How the programs of an operator are called: hooks and launchers.</summary>
internal static class PodProgram
{
    /// <param name="step">What is about to happen or has just happened: <c>pre-pull</c>, <c>launch</c>.</param>
    public static ChildSpec Spec(IReadOnlyList<string> words, PodTask task, IReadOnlyDictionary<string, string> environment, string step)
    {
        var own = new Dictionary<string, string>(environment)
        {
            ["POD_STEP"] = step,
            ["POD_NAME"] = task.Pod,
            ["POD_TASK_ID"] = task.TaskId,
            ["POD_EXECUTOR_ID"] = task.ExecutorId,
            ["POD_FRAMEWORK_ID"] = task.FrameworkId,
            ["POD_SANDBOX"] = task.Sandbox,
            ["POD_COMPOSE_FILE"] = PodSandbox.ComposeFileOf(task),
            ["POD_PORTS"] = string.Join(',', task.Ports),
            [MarkedProcesses.Variable] = task.RunId,
        };
        return new ChildSpec
        {
            Program = words[0],
            Arguments = [.. words.Skip(1)],
            Environment = own,
            WorkingDirectory = task.Sandbox,
        };
    }
}
