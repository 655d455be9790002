using MesosDocker.Io;

namespace MesosDocker.Compose;

/// <summary>
/// Makes of a canonical service what stands in <see cref="ComposeProject.Document"/>: it needs no other file and no profile, and says what it
/// says in the words that most versions of compose know.
/// </summary>
internal static class WholeService
{
    // What has been carried out.
    private static readonly string[] s_done = ["extends", "profiles"];

    /// <param name="isActive">Whether a service of that name is.</param>
    public static SourceMap Make(SourceMap service, Func<string, bool> isActive)
    {
        SourceMap whole = new(service.Mark, [.. service.Fields
            .Where(static field => !s_done.Contains(field.Name) && !(field.Name is "deploy" or "develop" && Scalars.IsNull(field.Value)))]);
        whole = TreeEdits.Fields(whole, field => field.Name switch
        {
            "depends_on" => Dependencies((SourceMap)field.Value, isActive),
            "healthcheck" => field.Value is SourceMap check && check["disable"] is SourceScalar { Value: "false" } ? check.Without("disable") : field.Value,
            _ => field.Value,
        });
        return Devices(Replicas(whole));
    }

    // What is the default is left out, for docker-compose 1 does not know the words.
    private static SourceMap Dependencies(SourceMap dependencies, Func<string, bool> isActive)
    {
        List<SourceField> kept = [];
        foreach (SourceField field in dependencies.Fields)
        {
            var said = (SourceMap)field.Value;
            bool isRequired = said["required"] is not SourceScalar { Value: "false" };
            if (isRequired || isActive(field.Name))
            {
                SourceMap value = isRequired ? said.Without("required") : said;
                kept.Add(field with { Value = value["restart"] is SourceScalar { Value: "false" } ? value.Without("restart") : value });
            }
        }

        return new SourceMap(dependencies.Mark, kept);
    }

    // Both say the same, or it is refused; docker-compose 1 wants one of them.
    private static SourceMap Replicas(SourceMap service)
        => service["scale"] is not null && service["deploy"] is SourceMap deploy && deploy["replicas"] is not null ? service.Without("scale") : service;

    private static SourceMap Devices(SourceMap service)
    {
        if (service["gpus"] is not SourceList gpus)
        {
            return service;
        }

        SourceMap empty = new(gpus.Mark, []);
        SourceMap deploy = service["deploy"] as SourceMap ?? empty;
        SourceMap resources = deploy["resources"] as SourceMap ?? empty;
        SourceMap reservations = resources["reservations"] as SourceMap ?? empty;
        IEnumerable<SourceNode> said = (reservations["devices"] as SourceList)?.Items ?? [];
        reservations = reservations.With("devices", new SourceList(gpus.Mark, [.. said, .. gpus.Items]));
        return service.Without("gpus").With("deploy", deploy.With("resources", resources.With("reservations", reservations)));
    }
}
