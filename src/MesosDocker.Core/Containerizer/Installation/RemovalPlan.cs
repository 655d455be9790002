namespace MesosDocker.Containerizer;

/// <summary>A file of an installation, and how it is undone.</summary>
/// <param name="File">With what was there before the installation as what should be there.</param>
internal sealed record RemovalStep(PlannedFile File, InstallationAction Action)
{
    /// <summary>Nothing of it need be remembered afterwards.</summary>
    public bool IsDone => Action != InstallationAction.Leave;
}

/// <summary>How an installation is undone: exactly, but for what somebody else changed since.</summary>
internal static class RemovalPlan
{
    /// <summary>In the opposite order, so that an agent that starts meanwhile is not told to call a program that has gone.</summary>
    /// <param name="read">What is in a file now.</param>
    /// <param name="saved">What was in it before the installation; null: the copy of it is missing.</param>
    /// <param name="savedFolder">Where the copies are.</param>
    /// <param name="programInUse">Containers run that need the program.</param>
    public static IReadOnlyList<RemovalStep> Create(
        InstallationManifest manifest, Func<string, byte[]?> read, Func<string, byte[]?> saved, string savedFolder, bool programInUse)
        => [.. manifest.Files.Reverse().Select(file
            => Step(file, read(file.Path), file.Saved is null ? null : saved(file.Saved), $"{savedFolder}/{file.Saved}", programInUse))];

    private static RemovalStep Step(InstalledFile file, byte[]? now, byte[]? before, string copy, bool programInUse)
    {
        bool isProgram = file.Path is ExecutableChoice.Installed or ExecutableChoice.InstalledExecutor;
        var planned = new PlannedFile { Path = file.Path, Before = now, After = before, Reason = "", IsProgram = isProgram };
        if (file.Saved is not null && before is null)
        {
            return Leave($"The copy of what was in it before, '{copy}', is missing.");
        }

        if (planned.IsRight)
        {
            return new RemovalStep(planned with { Reason = "It is as it was before." }, InstallationAction.Keep);
        }

        if (!file.IsOurs(now))
        {
            string what = now is null ? "Somebody removed it since." : "Somebody changed it since.";
            return Leave(file.Saved is null ? $"{what} Before there was none." : $"{what} What was in it before is in '{copy}'.");
        }

        if (file.Path == ExecutableChoice.Installed && programInUse)
        {
            return Leave("Containers run that need it. Uninstall again when they have ended.");
        }

        return before is null
            ? new RemovalStep(planned with { Reason = "Before there was none." }, InstallationAction.Remove)
            : new RemovalStep(planned with { Reason = "It gets back what was in it before." }, InstallationAction.Restore);

        RemovalStep Leave(string reason) => new(planned with { Reason = reason, After = now }, InstallationAction.Leave);
    }
}
