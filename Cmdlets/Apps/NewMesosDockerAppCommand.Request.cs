using System.Management.Automation;
using System.Text.Json.Nodes;
using MesosDocker.Compose;
using MesosDocker.Conversion;
using MesosDocker.Docker;
using MesosDocker.Marathon;

namespace MesosDocker.Commands;

/// <content>From the parameters, and what came through the pipeline, to what is asked for. Parameters win.</content>
public sealed partial class NewMesosDockerAppCommand
{
    private AppRequest BuildRequest()
    {
        // First, for it may take back what the pipeline has put into parameters.
        AppRequest start = StartOf(InputObject?.BaseObject);
        string id = Said(Id) ?? start.Id;
        return new AppRequest
        {
            Id = id.Length > 0 ? id : throw new MesosDockerException(Fault.UsageInvalid, "The app needs an id: say -Id."),
            Group = Said(Group),
            Image = Said(Image) ?? start.Image,
            Containerizer = Containerizer ?? start.Containerizer,
            Command = Said(Command) ?? start.Command,
            Arguments = ArgumentList is null or [""] ? Said(Command) is null ? start.Arguments : null : ArgumentList,
            Cpus = Cpus ?? start.Cpus,
            Memory = (double?)Memory ?? start.Memory,
            Disk = (double?)Disk ?? start.Disk,
            Gpus = Gpus ?? start.Gpus,
            Instances = Instances ?? start.Instances,
            Environment = new Dictionary<string, EnvironmentValue>([.. start.Environment.Where(pair => !Environment.ContainsKey(pair.Key)), .. Environment]),
            Labels = Map([.. start.Labels, .. Label]),
            Secrets = Map(Secret),
            Ports = Port.Length > 0 ? Port : start.Ports,
            NamesAllPorts = start.NamesAllPorts,
            Network = Said(Network) ?? start.Network,
            Volumes = [.. start.Volumes, .. Volume],
            Constraints = Constraint.Length > 0 ? Constraint : start.Constraints,
            HealthChecks = HealthCheck.Length > 0 ? HealthCheck : start.HealthChecks,
            Fetch = start.Fetch.Count > 0 ? start.Fetch : Fetch,
            User = Said(User),
            PullAlways = PullAlways || start.PullAlways,
            PullSecret = PullSecret,
            Privileged = Privileged || start.Privileged,
            Parameters = [.. start.Parameters, .. Parameter],
            Executor = Said(Executor) ?? start.Executor,
            UpgradeStrategy = UpgradeStrategy ?? start.UpgradeStrategy,
            Dependencies = [.. Dependency.Where(static id => Said(id) is not null)],
            AcceptedResourceRoles = AcceptedResourceRole,
            KillGraceSeconds = KillGraceSeconds ?? start.KillGraceSeconds,
        };
    }

    private AppRequest StartOf(object? input)
    {
        switch (input)
        {
            case DockerRun run:
                AppRequest request = RequestOfRun.Of(run, out IReadOnlyList<RunNote> notes);
                foreach (RunNote note in notes.Where(note => note.AnsweredBy is null || !MyInvocation.BoundParameters.ContainsKey(note.AnsweredBy)))
                {
                    WriteWarning(note.Message);
                }

                return request;

            case ComposePod pod:
                return StartOf(pod);

            case App or string or ValueType:
                throw new MesosDockerException(
                    Fault.UsageInvalid,
                    $"A {input.GetType().Name} came through the pipeline, of which no app can be made. Pipe rows of a table, or what ConvertFrom-DockerRun or Measure-ComposePod puts out.");

            default:
                return new AppRequest { Id = "" };
        }
    }

    private static JsonObject Fields(PSObject property) => PowerShellJson.Object(property)
        ?? throw new MesosDockerException(Fault.UsageInvalid, "-Property is a hashtable of Marathon's fields, such as @{ backoffSeconds = 5 }.");

    private static Dictionary<string, string> Map(KeyValuePair<string, string>[] pairs)
    {
        Dictionary<string, string> map = [];
        foreach ((string name, string value) in pairs)
        {
            map[name] = value;
        }

        return map;
    }

    // An empty cell of a table says nothing.
    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
