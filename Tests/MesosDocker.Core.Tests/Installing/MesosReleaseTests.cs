using MesosDocker.Containerizer;

namespace MesosDocker.Core.Tests.Installing;

public sealed class MesosReleaseTests
{
    [Theory]
    [InlineData("1.0.4", "1.0.4")]
    [InlineData("1.0.4-2.0.2.debian8", "1.0.4")]
    [InlineData("1.11.0\n", "1.11.0")]
    [InlineData("0.28.2.dev", "0.28.2")]
    [InlineData("1.0", null)]
    [InlineData("1.0.", null)]
    [InlineData("a.b.c", null)]
    [InlineData("99999999999.0.0", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Parse_TakesThreeNumbers(string? text, string? expected) => Assert.Equal(expected, MesosRelease.Parse(text)?.ToString());

    [Theory]
    [InlineData("libmesos-1.0.4.so", "1.0.4")]
    [InlineData("/usr/lib/libmesos-0.25.0.so", "0.25.0")]
    [InlineData("libmesos.so", null)]
    [InlineData(null, null)]
    public void OfLibrary_ReadsTheNameBehindTheLink(string? name, string? expected) => Assert.Equal(expected, MesosRelease.OfLibrary(name)?.ToString());

    [Theory]
    [InlineData("Package: mesos\nStatus: install ok installed\nVersion: 1:1.0.1-2.0.93\n", "1.0.1")]
    [InlineData("Package: mesosphere\nStatus: install ok installed\nVersion: 9.9.9\n\nPackage: mesos\nVersion: 1.0.1\nStatus: install ok installed", "1.0.1")]
    [InlineData("Package: mesos\nStatus: deinstall ok config-files\nVersion: 1.0.1\n", null)]
    [InlineData("Package: mesos\nStatus: install ok installed\n", null)]
    [InlineData("\0\0", null)]
    [InlineData("", null)]
    public void OfPackages_FindsWhatIsInstalled(string status, string? expected) => Assert.Equal(expected, MesosRelease.OfPackages(status)?.ToString());
}
