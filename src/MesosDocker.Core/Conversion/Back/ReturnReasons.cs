namespace MesosDocker.Conversion;

/// <summary>Why a compose file cannot say what Marathon's definitions say, field by field.</summary>
internal static class ReturnReasons
{
    private const string Again = "Say it again when the project becomes an app.";
    private const string ByCompose = "Compose runs everything on one machine, and places, reserves and shares nothing.";
    private const string Store = "Compose does not ask the secret store.";
    private const string Later = "Compose starts a container again when it ends, and does no more about it.";

    private static KeyReasons OfBoth => new KeyReasons("", null)
        .Add("check", "Nothing follows from it, and compose has no such thing.", null)
        .Add("executorResources", ByCompose, null)
        .Add("linuxInfo", "Compose says it in other words, or not at all.", "Say security_opt, ipc or shm_size.")
        .Add("role", ByCompose, Again)
        .Add("secrets", Store, "Give the values when compose runs the project.");

    /// <summary>Of apps.</summary>
    public static KeyReasons OfApps { get; } = new KeyReasons("Compose has no key that says it.", null)
        .Add(OfBoth)
        .Add("acceptedResourceRoles", ByCompose, Again)
        .Add("container.docker.credential", Store, "Let the engine log in (docker login).")
        .Add("container.docker.pullConfig", Store, "Let the engine log in (docker login).")
        .Add("container.linuxInfo", "Compose says it in other words, or not at all.", "Say security_opt, ipc or shm_size.")
        .Add("disk", ByCompose, null)
        .Add("executor", "Compose runs containers by the engine.", null)
        .Add("fetch", "Compose fetches nothing before it starts a container.", "Put the files into the image, or mount them.")
        .Add("ipAddress", "Compose's networks know nothing of it.", null)
        .Add("killSelection", "Compose stops all containers of a service.", null)
        .Add("readinessChecks", "Compose waits for health, and for nothing else.", "Say a healthcheck.")
        .Add("residency", ByCompose, null)
        .Add("storeUrls", "Compose fetches nothing before it starts a container.", "Put the files into the image, or mount them.")
        .Add("unreachableStrategy", Later, null)
        .Add("user", "It is the user of the agent's machine, and containers have their own.", "Say user, with one of the image.");

    /// <summary>Of groups, beside their apps.</summary>
    public static KeyReasons OfGroups { get; } = new KeyReasons("Compose has no key that says it.", null)
        .Add("enforceRole", ByCompose, Again)
        .Add("pods", "A group tells no more of its pods than that they are there.", "Convert each pod by itself.")
        .Add("scaleBy", "It is done to a group once, and not what the group is.", null);

    /// <summary>Of Marathon's pods.</summary>
    public static KeyReasons OfPods { get; } = new KeyReasons("Compose has no key that says it.", null)
        .Add(OfBoth)
        .Add("artifacts", "Compose fetches nothing before it starts a container.", "Put the files into the image, or mount them.")
        .Add("image.labels", "They are for those who look images up, and compose does not.", null)
        .Add("image.pullConfig", Store, "Let the engine log in (docker login).")
        .Add("resources.disk", ByCompose, null)
        .Add("scheduling.killSelection", "Compose stops all containers of a service.", null)
        .Add("scheduling.placement.acceptedResourceRoles", ByCompose, Again)
        .Add("scheduling.unreachableStrategy", Later, null);
}
