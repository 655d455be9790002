// The containerizer's calls beside the raw engine call in the same run, taken in turns; medians, and whether the limits of the project hold.
//
//   Tests/Benchmarks/containerizer.sh [ROUNDS] [AT-ONCE] [HELD]
//
// Needs root, a Docker engine and the built executable. Nothing else should run meanwhile. Exit status 1: a limit does not hold.
using System.Globalization;
using MesosDocker.Benchmarks;
using MesosDocker.Docker;
using MesosDocker.TestKit;
using MesosDocker.TestKit.Docker;

int rounds = Number(0, 15);
int atOnce = Number(1, 50);
int held = Number(2, 200);
string executable = Path.Combine(TestData.RepositoryRoot, "out", "MesosDocker", "bin", "linux-x64", "mesos-docker");
string image = $"mesos-docker-benchmark:{Environment.ProcessId}";
string label = $"mesos-docker-benchmark-{Environment.ProcessId}";

using var files = new TemporaryDirectory();
await File.WriteAllTextAsync(files.PathOf("empty.cfg"), "");
using var engine = new DockerEngine(EngineAddress.Resolve(new EngineOptions(), EnvironmentVariables()));
await engine.LoadImageAsync(BusyboxImage.Archive(image, []), CancellationToken.None);
var hook = new Hook(executable, files.Root, image);
try
{
    return await new Benchmark(hook, new Raw(engine, image, label)).RunAsync(rounds, atOnce, held) ? 0 : 1;
}
finally
{
    await hook.DestroyAllAsync();
    foreach (ContainerSummary left in await engine.ListAsync(new ContainerFilter { All = true, Labels = [label] }, CancellationToken.None))
    {
        await engine.RemoveAsync(left.Id, force: true, volumes: true, CancellationToken.None);
    }

    await engine.RemoveImageAsync(image, force: true, CancellationToken.None);
}

int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

static Dictionary<string, string> EnvironmentVariables() => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
    .ToDictionary(static pair => (string)pair.Key, static pair => (string)pair.Value!);
