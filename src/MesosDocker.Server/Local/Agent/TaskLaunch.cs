using MesosDocker.Mesos;

namespace MesosDocker.Local;

/// <summary>What there has to be before the containerizer is called: a record, a Launch on disk, a sandbox.</summary>
internal sealed class TaskLaunch(AgentHome home, AgentOptions options, AgentFacts facts, HookCalls hook)
{
    public RunRecord NewRecord(AgentTask task)
    {
        string containerId = Guid.NewGuid().ToString();
        string executorId = TaskTranslation.ExecutorIdOf(task);
        return new RunRecord
        {
            TaskId = task.TaskId,
            AppId = task.App.Id ?? "",
            FrameworkId = task.FrameworkId,
            ExecutorId = executorId,
            ContainerId = containerId,
            Directory = home.SandboxOf(task.FrameworkId, executorId, containerId),
            Created = DateTimeOffset.UtcNow,
        };
    }

    /// <returns>What the containerizer is told.</returns>
    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>; <see cref="Fault.StateUnusable"/>,
    /// <see cref="Fault.DiskFull"/>.</exception>
    public async Task<Launch> PrepareAsync(AgentTask task, RunRecord record, CancellationToken cancellationToken)
    {
        // First of all, so that whatever is made from here on is found again.
        home.Runs.Write(record);
        task = task with { App = task.App with { Executor = OwnExecutors.Locate(task.App.Executor, hook.Executable) } };
        TaskInfo translated = TaskTranslation.TaskOf(task, facts.Hostname, home.Volumes);
        ExecutorInfo executor = TaskTranslation.ExecutorOf(task, translated, options.LibexecDirectory);
        var launch = new Launch
        {
            ContainerId = ContainerId.Parse(record.ContainerId),
            Task = translated,
            Executor = executor,
            Directory = record.Directory,
            User = translated.Command?.User ?? Environment.UserName,
            AgentId = home.Identity.AgentId,
            AgentPid = home.Identity.Pid,
            Checkpoint = true,
        };
        home.Runs.Write(record.ContainerId, launch);
        await Sandboxes.MakeAsync(launch, home.Volumes, hook.Environment, cancellationToken);
        return TaskTranslation.IsCommandTask(executor, translated) ? launch : launch with { Task = null };
    }
}
