namespace MesosDocker.Commands;

/// <content>Which parameters do not go together.</content>
public sealed partial class NewContainerizerLaunchCommand
{
    private const string NeedsDockerImage = "needs -DockerImage. With -Image, give the option of 'docker run' with -Option.";
    private const string NeedsTask = "belongs to a task, and with -AsExecutor there is none: the framework's executor runs tasks of its own.";

    private void RefuseMisplaced()
    {
        (bool Wrong, string Name, string Why)[] rules =
        [
            (DockerImage is not null && Image is not null, nameof(Image), "(the first word without a name is one) belongs to the old container message, -DockerImage to the newer one. Leave one of the two out; a command is given with -Command."),
            (DockerImage is not null && Option.Length > 0, nameof(Option), "belongs to the old container message. With -DockerImage, options are given with -Parameter."),
            (DockerImage is null && Network is not null, nameof(Network), NeedsDockerImage),
            (DockerImage is null && NetworkName is not null, nameof(NetworkName), NeedsDockerImage),
            (DockerImage is null && PortMapping.Length > 0, nameof(PortMapping), NeedsDockerImage),
            (DockerImage is null && Volume.Length > 0, nameof(Volume), NeedsDockerImage),
            (DockerImage is null && Parameter.Length > 0, nameof(Parameter), NeedsDockerImage),
            (DockerImage is null && Privileged, nameof(Privileged), NeedsDockerImage),
            (DockerImage is null && ForcePull, nameof(ForcePull), NeedsDockerImage),
            (DockerImage is null && Hostname is not null, nameof(Hostname), NeedsDockerImage),
            (AsExecutor && TaskId is not null, nameof(TaskId), NeedsTask),
            (AsExecutor && TaskName is not null, nameof(TaskName), NeedsTask),
            (AsExecutor && HealthCheck is not null, nameof(HealthCheck), NeedsTask),
            (AsExecutor && KillGraceSeconds is not null, nameof(KillGraceSeconds), NeedsTask),
            (!AsExecutor && ExecutorId is not null, nameof(ExecutorId), "needs -AsExecutor: the executor of a command task has the task's id."),
        ];
        if (Array.Find(rules, static rule => rule.Wrong) is { Wrong: true } broken)
        {
            throw new MesosDockerException(Fault.UsageInvalid, $"-{broken.Name} {broken.Why}");
        }
    }
}
