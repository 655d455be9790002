using MesosDocker.Io;

namespace MesosDocker.Containerizer;

/// <summary><c>uninstall</c>: undoes what <c>install</c> did to a machine.</summary>
/// <param name="targetRoot">Of an image or a chroot; null: this machine.</param>
internal sealed class UninstallVerb(HookEnvironment hook, string? targetRoot)
{
    /// <param name="dryRun">Only says what would be done.</param>
    /// <exception cref="MesosDockerException"><see cref="Fault.RootRequired"/>, <see cref="Fault.StateUnusable"/>, <see cref="Fault.DiskFull"/>,
    /// <see cref="Fault.FileUnreadable"/>.</exception>
    public InstallationReport Handle(bool dryRun)
    {
        // What was there before is not for everybody to see, so even looking needs root.
        TargetMachine machine = InstallationRules.Open(targetRoot, "Uninstalling", needsRoot: true);
        var installation = new Installation(machine);
        if (!installation.Exists)
        {
            return new InstallationReport { Steps = [], Notes = ["Nothing is installed here."] };
        }

        using FileLock? held = dryRun ? null : installation.Lock();
        bool programInUse = machine.IsThisOne && hook.Store.All().Any(static container => container.HasSupervisor);
        IReadOnlyList<RemovalStep> steps = RemovalPlan.Create(
            installation.ReadManifest(), machine.Read, installation.ReadSaved, Installation.Folder, programInUse);
        if (!dryRun)
        {
            installation.Undo(steps);
        }

        return new InstallationReport
        {
            Steps = [.. steps.Select(static step => step.File.ToStep(step.Action))],
            Notes = NotesOf(steps, machine),
        };
    }

    private static IReadOnlyList<string> NotesOf(IReadOnlyList<RemovalStep> steps, TargetMachine machine)
    {
        PlannedFile[] changes =
        [
            .. steps.Where(static step => step.Action is InstallationAction.Restore or InstallationAction.Remove)
                .Select(static step => step.File),
        ];
        IReadOnlyList<AgentKind> agents = InstallationRules.AgentsOf(machine);
        return changes.Length == 0 ? ["There was nothing to change."]
            : !machine.IsThisOne || changes.All(static file => file.IsProgram) ? []
            : [.. RestartNotes.For(agents, InstallationRules.WithUnit(agents, machine), changes)];
    }
}
