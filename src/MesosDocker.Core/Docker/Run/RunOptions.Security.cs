namespace MesosDocker.Docker;

/// <content>Privileges and name spaces.</content>
public static partial class RunOptions
{
    private static readonly OptionType<KeyValuePair<string, string>> s_sysctl = Pairs(
        "name=value",
        "name=value with a name below net. or fs.mqueue., or kernel. and one of msgmax, msgmnb, msgmni, sem, shmall, shmmax, shmmni and "
            + "shm_rmid_forced",
        IsSysctl);

    private static RunOption[] OfSecurity() =>
    [
        OfHost("privileged", OptionTypes.Flag, "Give the container all rights on the host.",
            h => h.Privileged, (h, v) => h with { Privileged = v }),
        HostList("cap-add", OptionTypes.Item with { Placeholder = "capability" }, "Add a capability.",
            h => h.CapAdd, (h, v) => h with { CapAdd = v }),
        HostList("cap-drop", OptionTypes.Item with { Placeholder = "capability" }, "Take a capability away.",
            h => h.CapDrop, (h, v) => h with { CapDrop = v }),
        Row("security-opt", OptionKind.List, "name=value", "An option of AppArmor, SELinux, seccomp and the like.",
            SecurityOptions.Add, SecurityOptions.Values),
    ];

    private static RunOption[] OfNamespaces() =>
    [
        HostText("userns", "host", "The user name space.",
            h => h.UsernsMode, (h, v) => h with { UsernsMode = v }, OptionTypes.OneOf("host", t => t is "" or "host")),
        HostText("cgroupns", "host|private", "The cgroup name space.",
            h => h.CgroupnsMode,
            (h, v) => h with { CgroupnsMode = v },
            OptionTypes.OneOf("host or private", t => t is "" or "host" or "private")),
        HostText("ipc", "mode", "The IPC name space: none, private, shareable, host or container:NAME.",
            h => h.IpcMode, (h, v) => h with { IpcMode = v }),
        HostText("pid", "host|container:name", "The name space of processes.",
            h => h.PidMode, (h, v) => h with { PidMode = v }, OptionTypes.OneOf("host or container:NAME", IsPidMode)),
        HostText("uts", "host", "The name space of the host's name.",
            h => h.UtsMode, (h, v) => h with { UtsMode = v }, OptionTypes.OneOf("host", t => t is "" or "host")),
        HostText("cgroup-parent", "cgroup", "The cgroup to put the container's into.",
            h => h.CgroupParent, (h, v) => h with { CgroupParent = v }),
        HostText("isolation", "technology", "How containers are kept apart.",
            h => h.Isolation, (h, v) => h with { Isolation = v }),
        HostText("runtime", "name", "The OCI runtime.",
            h => h.Runtime, (h, v) => h with { Runtime = v }),
        HostMap("sysctl", s_sysctl, "A setting of the kernel's in the container's name spaces.",
            h => h.Sysctls, (h, v) => h with { Sysctls = v }),
    ];

    private static bool IsPidMode(string text) => text is "" or "host" || (Networks.IsContainer(text) && text[^1] != ':');

    private static bool IsSysctl(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string name = equals < 0 ? "" : text[..equals];
        return name.StartsWith("net.", StringComparison.Ordinal)
            || name.StartsWith("fs.mqueue.", StringComparison.Ordinal)
            || name is "kernel.msgmax" or "kernel.msgmnb" or "kernel.msgmni" or "kernel.sem"
                or "kernel.shmall" or "kernel.shmmax" or "kernel.shmmni" or "kernel.shm_rmid_forced";
    }
}
