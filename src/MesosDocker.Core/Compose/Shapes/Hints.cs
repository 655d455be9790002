namespace MesosDocker.Compose;

/// <summary>What to say of keys that another version of compose files has, or another tool.</summary>
internal static class Hints
{
    public static string? OfService(string key) => key switch
    {
        "net" => "Only files of version 1 have it; write network_mode.",
        "log_driver" or "log_opt" => "Only files of version 1 have it; write logging with driver and options.",
        "dockerfile" => "Only files of version 1 have it; write build with context and dockerfile.",
        "volume_driver" => "Only files of version 1 have it; give the volume its driver under the top-level volumes.",
        "replicas" => "It belongs below deploy; here it is scale.",
        "resources" => "It belongs below deploy.",
        "limits" or "reservations" => "It belongs below deploy.resources.",
        "cpu" => "Write cpus, or cpu_shares.",
        "memory" or "mem" => "Write mem_limit and mem_reservation.",
        "env" => "Write environment.",
        "name" => "A service's name is its key; a container's is container_name.",
        "hosts" or "add_host" => "Write extra_hosts.",
        _ => null,
    };

    /// <param name="key">Of the whole file.</param>
    public static string? OfProject(string key) => key switch
    {
        "service" => "Did you mean 'services'?",
        "build" or "image" => "It belongs to a service, below services.",
        "profiles" => "It belongs to a service, below services.",
        _ => null,
    };
}
