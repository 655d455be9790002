// The embedded cluster beside the raw engine in the same run, and whether the limits of the project hold.
//
//   Tests/Benchmarks/cluster.sh [TASKS]
//
// Needs root, a Docker engine and what build.sh makes. Nothing else should run meanwhile. Exit status 1: a limit does not hold.
using System.Globalization;
using MesosDocker.Benchmarks;
using MesosDocker.Docker;
using MesosDocker.TestKit;
using MesosDocker.TestKit.Docker;

int tasks = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 200;
string image = $"mesos-docker-benchmark:{Environment.ProcessId}";
string label = $"mesos-docker-benchmark-{Environment.ProcessId}";

using var files = new TemporaryDirectory();
using var engine = new DockerEngine(EngineAddress.Resolve(new EngineOptions(), EnvironmentVariables()));
await engine.LoadImageAsync(BusyboxImage.Archive(image, []), CancellationToken.None);
try
{
    await using var server = await Server.StartAsync(files.PathOf("local"));
    return await new ClusterBenchmark(server, new Raw(engine, image, label), image).RunAsync(tasks) ? 0 : 1;
}
finally
{
    foreach (ContainerSummary left in await engine.ListAsync(new ContainerFilter { All = true, Labels = [label] }, CancellationToken.None))
    {
        await engine.RemoveAsync(left.Id, force: true, volumes: true, CancellationToken.None);
    }

    await engine.RemoveImageAsync(image, force: true, CancellationToken.None);
}

static Dictionary<string, string> EnvironmentVariables() => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
    .ToDictionary(static pair => (string)pair.Key, static pair => (string)pair.Value!);
