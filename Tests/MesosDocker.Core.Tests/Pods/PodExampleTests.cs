using System.Text.Json;
using System.Text.Json.Nodes;
using MesosDocker.Adapters.Yaml;
using MesosDocker.Compose;
using MesosDocker.Containerizer;
using MesosDocker.Core.Tests.Marathon;
using MesosDocker.Io;
using MesosDocker.Marathon;
using MesosDocker.Pods;
using MesosDocker.TestKit;

namespace MesosDocker.Core.Tests.Pods;

/// <summary>What Examples/pods holds is what Marathon, Aurora and the executor take.</summary>
public sealed class PodExampleTests
{
    private static readonly string s_folder = Path.Combine(TestData.RepositoryRoot, "Examples", "pods");

    [Fact]
    public void App_IsOneForMarathon_OfTheInstalledExecutor_WithAPortForEachThatIsPublished()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(s_folder, "pod.json")));
        JsonElement app = document.RootElement;

        Assert.Empty(Definitions.Errors(App.Judge(app, settings: null)));
        Assert.Empty(Definitions.Warnings(App.Judge(app, settings: null)));
        Assert.Equal(ExecutableChoice.InstalledExecutor, app.GetProperty("executor").GetString());
        Assert.Equal(app.GetProperty("portDefinitions").GetArrayLength(), Plan().Ports.Count);
    }

    [Fact]
    public void Project_IsAPodThatSharesANetwork()
    {
        PodPlan plan = Plan();

        Assert.Equal(PodKind.Service, plan.Kind);
        Assert.Equal(["base", "redis", "web"], plan.Services.Select(static service => service.Name).Order());
        Assert.Equal("\"service:base\"", Plans.Value(plan, "services/web/network_mode"));
        Assert.Equal("\"service:base\"", Plans.Value(plan, "services/redis/network_mode"));
        Assert.Equal([31000], plan.Ports.Select(static port => port.Host));
    }

    /// <summary>docs/features/custom-executors.md of Aurora: names, kinds and which must be there.</summary>
    [Fact]
    public void Executors_AreWhatAurorasDocumentationSays()
    {
        JsonArray entries = JsonNode.Parse(File.ReadAllText(Path.Combine(s_folder, "aurora", "executors.json")))!.AsArray();

        Assert.NotEmpty(entries);
        foreach (JsonObject entry in entries.Select(static entry => entry!.AsObject()))
        {
            Has(entry, ["executor", "task_prefix"], ["volume_mounts"]);
            Assert.NotEmpty((string)entry["task_prefix"]!);
            JsonObject executor = entry["executor"]!.AsObject();
            Has(executor, ["name", "command", "resources"], []);
            Assert.NotEmpty((string)executor["name"]!);
            JsonObject command = executor["command"]!.AsObject();
            Has(command, ["value"], ["arguments", "uris", "shell"]);
            Assert.Equal($"exec {ExecutableChoice.InstalledExecutor} run", (string)command["value"]!);
            Assert.True((bool)command["shell"]!);
            JsonArray resources = executor["resources"]!.AsArray();
            Assert.Equal(["cpus", "mem"], resources.Select(static resource => (string)resource!["name"]!));
            foreach (JsonObject resource in resources.Select(static resource => resource!.AsObject()))
            {
                Has(resource, ["name", "type", "scalar"], []);
                Assert.Equal("SCALAR", (string)resource["type"]!);
                Assert.True((double)resource["scalar"]!["value"]! > 0);
            }
        }
    }

    private static PodPlan Plan()
    {
        ComposeProject project = new ComposeReader(new YamlText(), ComposeFilesInMemory.None).Read(new ComposeRequest
        {
            Files = [DocumentText.FromFile(Path.Combine(s_folder, "docker-compose.yml"))],
            Directory = Plans.Directory,
            ProjectName = Plans.Task().Pod,
        });
        return PodPlan.Create(new PodPlanInput { Project = project, Task = Plans.Task(31000), Settings = new PodSettings() });
    }

    private static void Has(JsonObject found, string[] required, string[] optional)
    {
        string[] names = [.. found.Select(static field => field.Key)];
        Assert.Empty(required.Except(names));
        Assert.Empty(names.Except(required).Except(optional));
    }
}
