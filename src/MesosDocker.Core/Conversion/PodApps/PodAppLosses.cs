using System.Globalization;
using MesosDocker.Compose;
using MesosDocker.Pods;

namespace MesosDocker.Conversion;

/// <summary>
/// What is different when the executor runs a project on some agent. Its files are carried as they are, so that what is not named here is
/// done by compose itself.
/// </summary>
internal static class PodAppLosses
{
    private const string Fetched = "Fetch an archive of the project's directory (-Uri), or have it in an image.";

    private static readonly string[] s_ignored =
    [
        "develop", "deploy.endpoint_mode", "deploy.placement.preferences", "deploy.placement.max_replicas_per_node", "deploy.rollback_config",
        "deploy.update_config.delay", "deploy.update_config.failure_action", "deploy.update_config.max_failure_ratio", "deploy.update_config.monitor",
    ];

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: the executor would refuse it.</exception>
    public static void OfService(ServiceCase service, PodSources sources)
    {
        KeyLedger keys = service.Keys;
        if (service.Service.Ports.Count > 0 && ServicePorts.SharesNetworkOf(service.Service) is { } other)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid,
                $"{((KeyPath)"ports").MarkIn(keys.Source)}: the service '{service.Service.Name}' shares the network of '{other}' and cannot publish ports itself; publish them there.");
        }

        foreach (string key in s_ignored)
        {
            (string reason, string? instead) = Reasons.OfPodApps.Of(key);
            keys.LoseSaid(key, reason, instead);
        }

        if (service.Service.Deploy?.Mode is not (null or "replicated"))
        {
            keys.Lose("deploy.mode", "All containers of a pod are on one machine.", "Say replicas, or give the app more instances.");
        }

        if (!sources.HasDirectory)
        {
            LoseFiles(service);
        }

        for (int i = 0; i < service.Service.Ports.Count && ServicePorts.ArePublished(service.Service); i++)
        {
            if (service.Service.Ports[i] is { IsDynamic: false, Published: { } published })
            {
                KeyPath key = ((KeyPath)"ports")[i];
                keys.Lose(
                    key.Find(keys.Source) is Io.SourceMap ? key["published"] : key,
                    string.Create(CultureInfo.InvariantCulture, $"The task is given a port of the host in the place of {published}, so that several pods run on one machine."),
                    "Find it by Get-MesosDockerTask, or by service discovery.");
            }
        }
    }

    public static IReadOnlyList<ConversionLoss> OfProject(ComposeProject project, PodSources sources, IReadOnlyCollection<string> variables)
    {
        var keys = new KeyLedger(project.Document, service: null);
        foreach (ComposeVolume volume in project.Volumes.Values)
        {
            if (!volume.IsExternal && project.Services.Values.Any(service => service.Volumes.Any(mount => mount.Kind == ComposeMountKind.Volume && mount.Source == volume.Key)))
            {
                keys.Lose(((KeyPath)"volumes")[volume.Key], "Each run of a pod has volumes of its own, which are removed with it.", "Make it on the agents, and call it external.");
            }
        }

        foreach (ComposeNetwork network in project.Networks.Values)
        {
            keys.LoseSaid(
                ((KeyPath)"networks")[network.Key]["ipam"], "Docker chooses the subnet, unless a service has a fixed address in it: several pods of one project run on one machine.", null);
        }

        LoseObjects(keys, "secrets", project.Secrets.Values.Where(one => !IsGiven(one)), project.Directory, sources);
        LoseObjects(keys, "configs", project.Configs.Values.Where(one => !IsGiven(one)), project.Directory, sources);
        return [.. keys.Losses, .. sources.Losses];

        bool IsGiven(ComposeFileObject one) => one.Variable is { } variable && variables.Contains(variable);
    }

    private static void LoseFiles(ServiceCase service)
    {
        if (service.Service.Build is { } build && Path.IsPathFullyQualified(build.Context))
        {
            service.Keys.Lose("build", "What the image is built of is on this machine.", "Build and push it: Build-MesosDockerImage -Push.");
        }

        for (int i = 0; i < service.Service.Volumes.Count; i++)
        {
            ComposeMount mount = service.Service.Volumes[i];
            if (mount.Kind == ComposeMountKind.Bind && MountAccount.IsInside(mount.Source, service.Project.Directory))
            {
                service.Keys.Lose(((KeyPath)"volumes")[i], $"'{mount.Source}' belongs to the project's directory on this machine, and only the compose files are carried.", Fetched);
            }
        }
    }

    private static void LoseObjects(KeyLedger keys, string section, IEnumerable<ComposeFileObject> objects, string directory, PodSources sources)
    {
        foreach (ComposeFileObject one in objects)
        {
            KeyPath key = ((KeyPath)section)[one.Key];
            if (MountAccount.IsInside(one.File, directory) && !sources.HasDirectory)
            {
                keys.Lose(key["file"], $"'{one.File}' is on this machine, and only the compose files are carried.", Fetched);
            }
            else if (one.Variable is { } variable)
            {
                keys.Lose(key["environment"], "The value of the variable is not taken along, for labels and variables of an app are shown to everybody.", $"Give it to the app: -Environment @{{ {variable} = @{{ Secret = 'name' }} }}.");
            }
        }
    }
}
