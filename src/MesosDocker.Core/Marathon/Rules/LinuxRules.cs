namespace MesosDocker.Marathon;

internal static class LinuxRules
{
    public static void CheckContainer(LinuxInfo? linux, Place at, Findings found)
    {
        if (linux?.Seccomp is { } seccomp)
        {
            found.ErrorIf(
                seccomp is { ProfileName: not null, Unconfined: true },
                at["seccomp"],
                "must not have a profile and be unconfined.");
            found.ErrorIf(
                seccomp.ProfileName is null && seccomp.Unconfined != true,
                at["seccomp"],
                "must name a profile or be unconfined.");
        }

        CheckIpc(linux, at, found);
    }

    /// <summary>Of the pod as a whole.</summary>
    public static void CheckPod(LinuxInfo? linux, Place at, Findings found)
    {
        found.ErrorIf(linux?.Seccomp is not null, at["seccomp"], "belongs to the containers of the pod; the pod itself cannot have it.");
        CheckIpc(linux, at, found);
    }

    private static void CheckIpc(LinuxInfo? linux, Place at, Findings found)
        => found.ErrorIf(
            linux?.IpcInfo is { Mode: "SHARE_PARENT", ShmSize: not null },
            at["ipcInfo"],
            "must not have shmSize with SHARE_PARENT, where the shared memory is another's.");
}
