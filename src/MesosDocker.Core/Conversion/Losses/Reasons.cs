namespace MesosDocker.Conversion;

/// <summary>Why targets cannot say what a compose file says, key by key.</summary>
internal static class Reasons
{
    public const string AsPod = "Run the project as one task, by compose itself: ConvertTo-MesosDockerApp -As Pod.";
    public const string AsGroup = "Make an app of each service: ConvertTo-MesosDockerApp -As Group.";

    private const string Files = "Put the file on a server from which the task fetches it (-Fetch), or into the image.";
    private const string Rollback = "Publish-MesosDockerApp -Wait -RollbackOnFailure goes back when a deployment fails.";

    // Compose's own doing, on the machine on which it is called.
    private static KeyReasons OfCompose => new KeyReasons("", null)
        .Add("attach", "Mesos keeps the output of every task.", "Read it by Get-MesosDockerLog.")
        .Add("build", "Marathon runs images, and builds none.", "Build and push it: Build-MesosDockerImage -Push.")
        .Add("develop", "It is for developing on one machine.", null)
        .Add("extends", "What it names was read, and is carried.", null)
        .Add("models", "Models are run by Docker's own tools beside compose.", AsPod)
        .Add("provider", "Another program provides it, and it has no container.", "Have it there before the apps that need it.")
        .Add("pull_policy", "Mesos pulls what is missing, or always.", "Say always, or missing.")
        .Add("pull_refresh_after", "Mesos pulls what is missing, or always.", "Say pull_policy: always.");

    private static KeyReasons OfMarathon => new KeyReasons("", null)
        .Add("container_name", "Mesos gives containers their names, for there may be several on one machine.", null)
        .Add("configs", "Marathon has no configs, and the file is on this machine.", Files)
        .Add("credential_spec", "Only Windows knows it, and agents run Linux.", null)
        .Add("deploy.endpoint_mode", "Marathon has no virtual addresses of services.", "Use a load balancer, or service discovery.")
        .Add("deploy.resources.reservations.generic_resources", "Marathon asks for CPUs, memory, disk, ports and GPUs only.", "Give agents an attribute, and constrain the app to it.")
        .Add("deploy.resources.reservations.devices", "Docker's option --gpus is for GPUs only.", "Name devices by 'devices'.")
        .Add("deploy.restart_policy.max_attempts", "Marathon starts tasks again without end, ever more slowly.", "Publish-MesosDockerApp -MaxFailures gives a deployment up.")
        .Add("deploy.restart_policy.window", "Marathon has no such time.", null)
        .Add("deploy.rollback_config", "Going back is a deployment like any other, with the strategy of update_config.", Rollback)
        .Add("deploy.update_config.delay", "Marathon goes on as soon as new tasks are healthy.", "Give the service a healthcheck.")
        .Add("deploy.update_config.failure_action", "Marathon's deployments never fail by themselves.", Rollback)
        .Add("deploy.update_config.max_failure_ratio", "Marathon's deployments never fail by themselves.", Rollback)
        .Add("deploy.update_config.monitor", "Marathon goes by health checks.", "Give the service a healthcheck.")
        .Add("external_links", "Containers that are not Marathon's are on one machine of many.", "Publish it, and find it by its address.")
        .Add("healthcheck.start_interval", "Marathon has one interval.", null)
        .Add("healthcheck", "Marathon does not know it.", null)
        .Add("post_start", "Mesos runs nothing beside a task's command.", AsPod)
        .Add("pre_start", "Mesos runs nothing beside a task's command.", AsPod)
        .Add("pre_stop", "Mesos runs nothing beside a task's command.", AsPod)
        .Add("secrets", "The file is on this machine, and Mesos has no files of secrets for containers of Docker.", "Give it as a variable from the secret store: -Environment @{ NAME = @{ Secret = 'name' } }.")
        .Add("stdin_open", "A task has no input.", null)
        .Add("tty", "A task has no terminal.", null)
        .Add("volumes.bind.recursive", "docker run's volumes always have what is mounted below.", null)
        .Add("volumes.consistency", "It means something on a Mac only.", null)
        .Add("volumes_from", "Tasks of different apps share nothing, and may be on different agents.", AsPod);

    /// <summary>A group of apps, run by Mesos's containerizer for Docker.</summary>
    public static KeyReasons OfGroups { get; } = new KeyReasons("Marathon's apps have nothing that says it.", AsPod)
        .Add(OfCompose)
        .Add(OfMarathon)
        .Add("networks", "Mesos joins a container to its network, and says no more than the network's name.", AsPod)
        .Add("ports.app_protocol", "Marathon does not tell protocols above tcp and udp.", "Label the app for the load balancer.")
        .Add("ports.mode", "Marathon has no ports that lead in from every machine.", "Use a load balancer.")
        .Add("volumes.bind.create_host_path", "Docker makes a directory that is not there.", null);

    /// <summary>An app that runs the project by compose itself.</summary>
    public static KeyReasons OfPodApps { get; } = new KeyReasons("Compose does nothing about it.", null)
        .Add(OfCompose)
        .Add(OfMarathon)
        .Add("deploy.placement", "All containers of a pod are on one machine.", "Give the app more instances, and constraints of its own.");

    /// <summary>A pod of Marathon, run by Mesos itself.</summary>
    public static KeyReasons OfMarathonPods { get; } = new KeyReasons("Mesos runs the containers of Marathon's pods without Docker, and has nothing that says it.", AsPod)
        .Add(OfCompose)
        .Add(OfMarathon)
        .Add("depends_on", "Marathon starts all containers of a pod at the same time.", "Let each wait until those that it needs answer.")
        .Add("deploy.resources.reservations.memory", "Mesos reserves what a container may use, which is its limit.", null)
        .Add("expose", "Containers of a pod reach all ports of each other anyway.", null)
        .Add("ipc", "Mesos gives each container of a pod memory to share of its own.", AsPod)
        .Add("links", "All containers of a pod share one network, in which the others are at 127.0.0.1, and not found by name.", "Let them ask 127.0.0.1 for each other.")
        .Add("mem_reservation", "Mesos reserves what a container may use, which is its limit.", null)
        .Add("networks", "A pod is in its networks as a whole.", AsPod)
        .Add("ports.app_protocol", "Marathon does not tell protocols above tcp and udp.", "Label the container for the load balancer.")
        .Add("ports.mode", "Marathon has no ports that lead in from every machine.", "Use a load balancer.")
        .Add("secrets", "The file is on this machine.", "Put the secret into the secret store, and call it external.")
        .Add("volumes.bind.create_host_path", "The directory must be there.", null)
        .Add("volumes_from", "Containers of a pod share volumes by their names.", "Mount the volumes by name.");
}
