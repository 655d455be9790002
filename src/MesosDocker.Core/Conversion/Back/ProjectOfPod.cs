using MesosDocker.Io;
using MesosDocker.Marathon;

namespace MesosDocker.Conversion;

/// <summary>A pod of Marathon as a compose file: its containers are services that share the network of the first.</summary>
internal static class ProjectOfPod
{
    private const string Whole = "The containers of a pod are one, and compose counts, places and exchanges services each by itself.";
    private const string Again = "Say it again when the project becomes an app.";

    /// <exception cref="MesosDockerException"><see cref="Fault.DefinitionInvalid"/>: a container has no image; <see cref="Fault.UsageInvalid"/>: the
    /// name is none for a project.</exception>
    public static Converted<ProjectDraft> Of(Pod pod, string? projectName)
    {
        string id = pod.Id ?? "/pod";
        IReadOnlyList<PodContainer> containers = pod.Containers ?? [];
        Refuse(id, containers);
        string name = projectName ?? AppNames.Of(PathId.Segments(id) is [.., var last] ? last : "pod");
        var project = new ProjectDraft(ProjectDraft.CheckedName(name));
        var fields = new KeyLedger(FieldsOf(pod), service: null, id);
        IReadOnlyList<string> names = AppNames.Distinct(containers.Select(static container => container.Name ?? ""));
        ReturnCase[] cases = [.. containers.Select((container, i) => new ReturnCase(names[i], new KeyLedger(
            (SourceMap)((SourceList)fields.Source["containers"]!).Items[i], container.Name, id), project))];
        bool hasNetwork = ReturnedNetwork.Of(cases[0].Under(fields), pod.Networks, parameters: null);
        var volumes = new PodVolumes(pod, fields);
        for (int i = 0; i < cases.Length; i++)
        {
            if (i > 0 && !hasNetwork)
            {
                ReturnedNetwork.Of(cases[i].Under(fields), pod.Networks, parameters: null);
            }

            ServiceOfContainer.Of(cases[i], containers[i], pod, volumes, hasNetwork ? cases[0] : null);
            PodBackoff? backoff = pod.Scheduling?.Backoff;
            cases[i].Under(fields).Restarts("scheduling.backoff.backoff", backoff?.Backoff, "scheduling.backoff.backoffFactor", backoff?.BackoffFactor, "scheduling.backoff.maxLaunchDelay");
        }

        if (pod.Role == AppComparison.EverybodysRole)
        {
            fields.Carry("role");
        }

        volumes.Account();
        Schedule(pod, fields, cases);
        Id(pod, fields, name);
        foreach (ReturnCase container in cases)
        {
            project.Add(container.Name, container.Service);
        }

        fields.Carry("containers", "labels", "environment", "user", "scaling.kind", "version");

        // What all containers have from the pod is lost with each of them.
        return new Converted<ProjectDraft>(
            project, [.. cases.SelectMany(static one => one.Fields.Close(ReturnReasons.OfPods)).Concat(fields.Close(ReturnReasons.OfPods)).Distinct()]);
    }

    private static void Refuse(string id, IReadOnlyList<PodContainer> containers)
    {
        if (containers.Count == 0)
        {
            throw new MesosDockerException(Fault.DefinitionInvalid, $"The pod '{id}' has no container, and a project of compose needs one: say containers.");
        }

        if (containers.FirstOrDefault(static container => container.Image?.Id is null) is { } bare)
        {
            throw new MesosDockerException(
                Fault.DefinitionInvalid, $"The container '{bare.Name}' of the pod '{id}' runs no image, and services of compose are containers: give it one.");
        }
    }

    private static void Schedule(Pod pod, KeyLedger fields, IReadOnlyList<ReturnCase> cases)
    {
        PodScheduling? said = pod.Scheduling;
        ReturnCase first = cases[0].Under(fields);
        if (cases.Count == 1)
        {
            first.Instances("scaling.instances", pod.Scaling?.Instances);
            first.Upgrade("scheduling.upgrade", said?.Upgrade, pod.Scaling?.Instances ?? 1);
        }
        else
        {
            if (pod.Scaling?.Instances is null or 1)
            {
                fields.Carry("scaling.instances");
            }
            else
            {
                fields.Lose("scaling.instances", Whole, Again);
            }

            fields.LoseSaid("scheduling.upgrade", Whole, Again);
        }

        ReturnedPlacement.Of(first, "scheduling.placement.constraints", [.. (said?.Placement?.Constraints ?? []).Select(Words)]);
    }

    private static string[] Words(PodConstraint constraint)
        => constraint.Value is { } value ? [constraint.FieldName ?? "", constraint.Operator ?? "", value] : [constraint.FieldName ?? "", constraint.Operator ?? ""];

    private static void Id(Pod pod, KeyLedger fields, string name)
    {
        fields.Carry("id");
        if (pod.Id != "/" + name)
        {
            fields.Lose("id", $"A compose project has a name without groups, which is '{name}' here.", $"ConvertTo-MesosDockerApp -Id {pod.Id} gives it back.");
        }
    }

    private static SourceMap FieldsOf(Pod pod) => (SourceMap)JsonDocuments.Read(pod.ToJson(), pod.Id ?? "");
}
