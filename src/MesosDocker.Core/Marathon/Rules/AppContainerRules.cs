namespace MesosDocker.Marathon;

/// <summary>The image, and which containerizer can do what.</summary>
internal static class AppContainerRules
{
    public static void Check(AppCase app)
    {
        if (app.Said.Container is not { } container)
        {
            return;
        }

        Place at = app.At["container"];
        if (app.IsDocker)
        {
            CheckDocker(app, container, at);
        }
        else if (container.Docker is not null)
        {
            CheckMesos(app, container.Docker, at["docker"]);
        }

        LinuxRules.CheckContainer(container.LinuxInfo, at["linuxInfo"], app.Found);
    }

    private static void CheckDocker(AppCase app, Container container, Place at)
    {
        app.Found.ErrorIf(container.Docker is null, at["docker"], "is missing; without an image the container's type is MESOS.");
        app.Found.ErrorIf(
            container.Docker?.PullConfig is not null,
            at["docker"]["pullConfig"],
            "is for the Mesos containerizer only; for Docker, fetch an archive of .docker/config.json.");
        CheckCredential(app, container.Docker, at);
    }

    private static void CheckMesos(AppCase app, DockerContainer docker, Place at)
    {
        const string DockerOnly = "is for the Docker containerizer only";

        app.Found.ErrorIf(docker.Network is not null, at["network"], $"{DockerOnly}; use networks.");
        app.Found.ErrorIf(docker.PortMappings is not null, at["portMappings"], $"{DockerOnly}; use container.portMappings.");
        app.Found.ErrorIf(docker.Parameters is { Count: > 0 }, at["parameters"], $"{DockerOnly}; they are options of docker run.");
        app.Found.WarningIf(docker.Privileged == true, at["privileged"], $"{DockerOnly}, and is ignored.");
        app.Found.ErrorIf(
            docker.PullConfig?.Secret is { } secret && !app.Secrets.ContainsKey(secret),
            at["pullConfig"],
            $"names the secret '{docker.PullConfig?.Secret}', which secrets does not have.");
        app.NeedsFeature(docker.PullConfig is not null, Features.Secrets, at["pullConfig"]);
        CheckCredential(app, docker, app.At["container"]);
    }

    private static void CheckCredential(AppCase app, DockerContainer? docker, Place container)
        => app.Found.ErrorIf(docker?.Credential is not null, container["docker"]["credential"], "is not taken since Marathon 1.5; use pullConfig.");
}
