using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>One container of a pod, as a service that shares the network of the first.</summary>
internal static class ServiceOfContainer
{
    /// <param name="owner">Who has the network; null: it is the host's.</param>
    public static void Of(ReturnCase container, PodContainer said, Pod pod, PodVolumes volumes, ReturnCase? owner)
    {
        KeyLedger fields = container.Fields;
        fields.Carry("name", "image.kind", "image.id", "image.forcePull", "user", "tty");
        container.Service.Say("image", Made.Text(said.Image!.Id!));
        container.Service.Say("pull_policy", said.Image.ForcePull == true ? Made.Text("always") : null);
        Exec(container, said.Exec);
        ReturnedResources.OfContainer(container, said);
        container.Service.Say("user", (said.User ?? pod.User) is { } user ? Made.Text(user) : null);
        container.Service.Say("tty", said.Tty == true ? Made.Flag(true) : null);
        container.Labels("labels", Layers.Lay(pod.Labels, said.Labels));
        container.Environment("environment", Layers.Lay(pod.Environment, said.Environment));
        if (owner is not null && owner != container)
        {
            container.Service.Say("network_mode", Made.Text($"service:{owner.Name}"));
        }

        ReturnedPorts.OfContainer(container, said, owner);
        volumes.Mount(container, said);
        ReturnedHealth.OfContainer(container, said);
        container.KillGrace("lifecycle", said.Lifecycle?.KillGracePeriodSeconds);
        container.Linux("linuxInfo", said.LinuxInfo);
    }

    // Without a word about it, the image's entry point stays (RAML of Marathon 1.11).
    private static void Exec(ReturnCase container, PodExec? exec)
    {
        container.Fields.Carry("exec");
        if (exec?.Command?.Shell is { } line)
        {
            container.ShellLine("exec", line);
        }
        else if (exec?.Command?.Argv is { Count: > 0 } words)
        {
            container.LoseTaskVariables("exec", string.Join(' ', words));
            container.Service.Say(exec.OverrideEntrypoint == true ? "entrypoint" : "command", Made.Texts(words));
        }
    }
}
