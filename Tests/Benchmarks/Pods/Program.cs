// The executor of compose projects beside compose called by hand in the same run; medians, and whether the limits of the project hold.
//
//   Tests/Benchmarks/pods.sh [ROUNDS]
//
// Needs root, a Docker engine, docker-compose and the built executable. Nothing else should run meanwhile. Exit status 1: a limit does not hold.
using System.Globalization;
using MesosDocker.Benchmarks;
using MesosDocker.Docker;
using MesosDocker.TestKit;
using MesosDocker.TestKit.Docker;

int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
string executable = Path.Combine(TestData.RepositoryRoot, "out", "MesosDocker", "bin", "linux-x64", "mesos-docker-executor");
string image = $"mesos-docker-pod-benchmark:{Environment.ProcessId}";

using var files = new TemporaryDirectory();
using var engine = new DockerEngine(EngineAddress.Resolve(new EngineOptions(), new Dictionary<string, string>()));
await engine.LoadImageAsync(BusyboxImage.Archive(image, []), CancellationToken.None);
try
{
    await using var executor = new Executor(executable, files.PathOf("sandbox"));
    return await new PodBenchmark(executor, files, image).RunAsync(rounds) ? 0 : 1;
}
finally
{
    await engine.RemoveImageAsync(image, force: true, CancellationToken.None);
}
