using MesosDocker.Containerizer;
using MesosDocker.Core.Tests.Docker;
using MesosDocker.Docker;
using MesosDocker.Mesos;

namespace MesosDocker.Core.Tests.Containerizer;

public sealed class HealthProbeTests
{
    [Theory]
    [InlineData("file", "/etc/shadow")]
    [InlineData("ftp", "/")]
    [InlineData("", "/")]
    [InlineData("a b", "/")]
    public async Task RunAsync_AsksByHttpOnly(string scheme, string path)
    {
        using DockerEngine engine = Engines.At(Engines.Impatient, "tcp://127.0.0.1:1");
        var check = new HealthCheck { Http = new HttpCheck { Port = 1, Scheme = scheme, Path = path } };
        using var probe = new HealthProbe(check, engine, "c", Engines.NoEnvironment, "127.0.0.1");

        string? wrong = await probe.RunAsync(CancellationToken.None);

        Assert.Contains("is not a URL of http or https", wrong);
    }
}
