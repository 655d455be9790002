using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>One app that runs an image, as a service.</summary>
internal static class ServiceOfApp
{
    private const string ByOthers = "Compose lets the Docker engine run containers, and not Mesos by itself or a program beside it.";

    /// <param name="names">What other apps are called as services, by their ids.</param>
    public static IReadOnlyList<ConversionLoss> Add(ProjectDraft project, string name, App app, RunningNames names)
    {
        var fields = AppFields.Of(app);
        App said = fields.App;
        var draft = new ReturnCase(name, fields.Fields, project);
        var parameters = new ReturnedParameters(draft, said.Container?.Docker?.Parameters ?? []);
        Image(draft, app, said, fields.Losses);
        ReturnedCommand.Of(draft, said, parameters);
        ReturnedResources.OfApp(draft, said, parameters);
        draft.Environment("env", WithParameters(said.Env, parameters, "env", EnvironmentValue.FromString));
        draft.Labels("labels", WithParameters(said.Labels, parameters, "label", static value => value));
        bool isPublished = Network(draft, app, said, parameters);
        ReturnedPorts.OfApp(draft, said, isPublished);
        ReturnedVolumes.Of(draft, said, parameters);
        ReturnedHealth.OfApp(draft, said, parameters);
        names.Depend(draft, app, said);
        draft.Instances("instances", said.Instances);
        ReturnedPlacement.Of(draft, "constraints", said.Constraints ?? []);
        draft.Upgrade("upgradeStrategy", said.UpgradeStrategy, said.Instances ?? 1);
        draft.Restarts("backoffSeconds", said.BackoffSeconds, "backoffFactor", said.BackoffFactor, "maxLaunchDelaySeconds");
        draft.KillGrace("taskKillGracePeriodSeconds", said.TaskKillGracePeriodSeconds);
        draft.Linux("container.linuxInfo", said.Container?.LinuxInfo);
        Switches(draft, said);
        parameters.Finish();
        project.Add(name, draft.Service);
        return draft.Fields.Close(ReturnReasons.OfApps);
    }

    private static void Image(ReturnCase draft, App app, App said, IReadOnlyList<(string Field, string Reason)> losses)
    {
        draft.Fields.Carry("container.docker.image", "container.type", "container.docker.forcePullImage", "container.docker.privileged");
        draft.Service.Say("image", Made.Text(said.Container!.Docker!.Image!));
        draft.Service.Say("pull_policy", said.Container.Docker.ForcePullImage == true ? Made.Text("always") : null);
        draft.Service.Say("privileged", said.Container.Docker.Privileged == true ? Made.Flag(true) : null);
        bool isLegacy = LegacyContainer.Of(app) is not null;
        if (said.Container.Type == ContainerTypes.Mesos || isLegacy)
        {
            draft.Fields.Lose(isLegacy ? "container" : "container.type", ByOthers, null);
        }

        foreach ((string field, string reason) in losses)
        {
            draft.Fields.Lose(field, reason, null);
        }
    }

    private static bool Network(ReturnCase draft, App app, App said, ReturnedParameters parameters)
    {
        if (app is { Networks: null, Container.Docker.Network: "NONE" })
        {
            draft.Service.Say("network_mode", Made.Text("none"));
            return false;
        }

        return ReturnedNetwork.Of(draft, said.Networks, parameters);
    }

    private static void Switches(ReturnCase draft, App said)
    {
        draft.Fields.Carry("tty");
        draft.Service.Say("tty", said.Tty == true ? Made.Flag(true) : null);
        if (said.Executor == "//cmd")
        {
            draft.Fields.Carry("executor");
        }
    }

    // Options of docker run say the same; what the app says itself is stronger.
    private static IReadOnlyDictionary<string, T> WithParameters<T>(
        IReadOnlyDictionary<string, T>? said, ReturnedParameters parameters, string option, Func<string, T> read)
        => Layers.Lay(parameters.TakeAll(option, IsPair).Select(pair => pair.Split('=', 2)).Select(parts => KeyValuePair.Create(parts[0], read(parts[1]))), said);

    private static bool IsPair(string text) => text.Contains('=', StringComparison.Ordinal);
}
