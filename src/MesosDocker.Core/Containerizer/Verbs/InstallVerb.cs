using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary><c>install</c>: makes the packaged agent of a machine use this containerizer.</summary>
/// <param name="targetRoot">Of an image or a chroot; null: this machine.</param>
internal sealed class InstallVerb(HookEnvironment hook, string? targetRoot)
{
    /// <param name="dryRun">Only says what would be done; anybody may.</param>
    /// <exception cref="MesosDockerException">Those of <see cref="InstallationPlan"/>, <see cref="ExecutableChoice"/> and
    /// <see cref="Installation"/>, and <see cref="Fault.RootRequired"/>.</exception>
    public async Task<InstallationReport> HandleAsync(bool dryRun, CancellationToken cancellationToken)
    {
        TargetMachine machine = InstallationRules.Open(targetRoot, "Installing", needsRoot: !dryRun);
        InstallationPlan plan = await PlanAsync(machine, cancellationToken).ConfigureAwait(false);
        if (!dryRun && plan.Files.Any(static file => !file.IsRight))
        {
            var installation = new Installation(machine);
            using FileLock held = installation.Lock();

            // Who held the lock before may have changed what the plan is made of.
            plan = await PlanAsync(machine, cancellationToken).ConfigureAwait(false);
            installation.Write(plan.Files);
        }

        return new InstallationReport { Steps = [.. plan.Files.Select(ToStep)], Notes = plan.Notes };
    }

    private async Task<InstallationPlan> PlanAsync(TargetMachine machine, CancellationToken cancellationToken)
    {
        IReadOnlyList<AgentKind> agents = InstallationRules.AgentsOf(machine);
        Version? version = await MesosRelease.FindAsync(machine, cancellationToken).ConfigureAwait(false);
        ExecutableChoice executable = await ExecutableChoice.MakeAsync(machine, hook.Executable, cancellationToken).ConfigureAwait(false);
        return InstallationPlan.Create(new InstallationPlanInput
        {
            Agents = agents,
            WithUnit = InstallationRules.WithUnit(agents, machine),
            Version = version,
            IsThisMachine = machine.IsThisOne,
            Read = machine.Read,
            Executable = ReadProgram(executable.File),
            ExecutableReason = executable.Reason,
            Executor = ExecutableChoice.ExecutorBeside(executable.File) is { } executor ? ReadProgram(executor) : null,
        });
    }

    private static byte[] ReadProgram(string file) => new TargetMachine(null).Read(file)
        ?? throw new MesosDockerException(Fault.ProgramMissing, $"'{file}', the program to install, is not there any more.");

    private static InstallationStep ToStep(PlannedFile file) => file.ToStep(
        file.IsRight ? InstallationAction.Keep : file.Before is null ? InstallationAction.Create : InstallationAction.Change);
}
