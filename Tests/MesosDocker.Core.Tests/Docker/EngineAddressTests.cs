using MesosDocker.Docker;

namespace MesosDocker.Core.Tests.Docker;

/// <summary>The docker client's options and variables.</summary>
public sealed class EngineAddressTests
{
    [Theory]
    [InlineData("unix:///run/x.sock", "unix:///run/x.sock")]
    [InlineData("unix://", "unix:///var/run/docker.sock")]
    [InlineData("tcp://", "tcp://localhost:2375")]
    [InlineData("tcp://host", "tcp://host:2375")]
    [InlineData("tcp://:1234", "tcp://localhost:1234")]
    [InlineData("tcp://10.0.0.1:2222/docker/", "tcp://10.0.0.1:2222/docker")]
    [InlineData("tcp://[::1]", "tcp://[::1]:2375")]
    [InlineData("tcp://[fe80::1]:80", "tcp://[fe80::1]:80")]
    [InlineData("127.0.0.1:2375", "tcp://127.0.0.1:2375")]
    [InlineData("http://host", "http://host:80")]
    [InlineData("  tcp://host:1  ", "tcp://host:1")]
    public void Resolve_UnderstandsHosts(string host, string expected)
    {
        EngineAddress address = Resolve(new EngineOptions { Hosts = [host] });

        Assert.Equal(expected, Assert.Single(address.Endpoints).ToString());
        Assert.Null((address.Endpoints[0] as TcpEndpoint)?.Tls);
    }

    [Theory]
    [InlineData("ssh://me@host", "ssh -L")]
    [InlineData("fd://", "fd://")]
    [InlineData("npipe:////./pipe/docker_engine", "pipes")]
    [InlineData("ftp://host", "unix://")]
    [InlineData("/var/run/docker.sock", "unix:///var/run/docker.sock")]
    [InlineData("tcp://host:0", "port")]
    [InlineData("tcp://host:65536", "port")]
    [InlineData("tcp://host:abc", "port")]
    [InlineData("tcp://ho st", "tcp://name:port")]
    [InlineData("tcp://host/a b", "tcp://name:port")]
    [InlineData("tcp://host/?q", "tcp://name:port")]
    [InlineData("unix://tcp://x", "socket")]
    public void Resolve_RefusesWithAdvice(string host, string advice)
    {
        MesosDockerException e = Engines.Fails(Fault.ConfigurationInvalid, () => Resolve(new EngineOptions { Hosts = [host] }));

        Assert.Contains(host, e.Message);
        Assert.Contains(advice, e.Message);
    }

    [Fact]
    public void Resolve_RefusesASocketPathThatNoKernelTakes()
    {
        string longest = "unix:///" + new string('a', 106);

        Resolve(new EngineOptions { Hosts = [longest] });
        Engines.Fails(Fault.ConfigurationInvalid, () => Resolve(new EngineOptions { Hosts = [longest + "a"] }));
        Engines.Fails(Fault.ConfigurationInvalid, () => Resolve(new EngineOptions { Hosts = ["unix:///" + new string('ä', 54)] }));
    }

    [Fact]
    public void Resolve_PrefersOptionsToVariablesToTheDefault()
    {
        Assert.Equal("unix:///var/run/docker.sock", Resolve(new EngineOptions()).ToString());
        Assert.Equal("tcp://env:2375", Resolve(new EngineOptions(), ("DOCKER_HOST", "tcp://env")).ToString());
        Assert.Equal("unix:///var/run/docker.sock", Resolve(new EngineOptions(), ("DOCKER_HOST", "")).ToString());
        Assert.Equal(
            "unix:///a, tcp://b:2375",
            Resolve(new EngineOptions { Hosts = ["unix:///a", "tcp://b"] }, ("DOCKER_HOST", "tcp://env")).ToString());
    }

    [Theory]
    [InlineData(null, null, "", "", false, false)]
    [InlineData(true, null, "", "", true, false)]
    [InlineData(null, true, "", "", true, true)]
    [InlineData(null, false, "", "", true, false)]
    [InlineData(null, false, "1", "", true, false)]
    [InlineData(null, null, "1", "", true, true)]
    [InlineData(null, null, "0", "", true, true)]
    [InlineData(true, null, "1", "", true, true)]
    [InlineData(null, null, "", "1", true, false)]
    [InlineData(false, null, "", "1", false, false)]
    public void Resolve_TurnsTlsOnAsTheDockerClientDoes(
        bool? tls, bool? tlsVerify, string verifyVariable, string tlsVariable, bool on, bool verify)
    {
        EngineAddress address = Resolve(
            new EngineOptions { Hosts = ["tcp://host"], Tls = tls, TlsVerify = tlsVerify },
            ("DOCKER_TLS_VERIFY", verifyVariable),
            ("DOCKER_TLS", tlsVariable));

        var endpoint = Assert.IsType<TcpEndpoint>(Assert.Single(address.Endpoints));
        Assert.Equal(on, endpoint.Tls is not null);
        Assert.Equal(on ? 2376 : 2375, endpoint.Port);
        Assert.Equal(verify, endpoint.Tls?.Verify ?? false);
    }

    [Fact]
    public void Resolve_LooksForCertificatesWhereTheDockerClientDoes()
    {
        Assert.Equal(
            (new TlsFile("/home/me/.docker/ca.pem", Optional: true), new TlsFile("/home/me/.docker/cert.pem", true)),
            FilesOf(new EngineOptions { TlsVerify = true }, ("HOME", "/home/me")));
        Assert.Equal(
            (new TlsFile("/certs/ca.pem", Optional: false), new TlsFile("/certs/cert.pem", true)),
            FilesOf(new EngineOptions { TlsVerify = true }, ("HOME", "/home/me"), ("DOCKER_CERT_PATH", "/certs")));
        Assert.Equal(
            (new TlsFile("/config/ca.pem", Optional: true), new TlsFile("/mine.pem", false)),
            FilesOf(new EngineOptions { TlsVerify = true, TlsCertificate = "/mine.pem" }, ("DOCKER_CONFIG", "/config")));
        Assert.Equal(
            (new TlsFile("/option/ca.pem", Optional: true), new TlsFile("/option/cert.pem", true)),
            FilesOf(new EngineOptions { TlsVerify = true, ConfigDirectory = "/option" }, ("DOCKER_CONFIG", "/config")));
        Assert.Equal((null, null), FilesOf(new EngineOptions { TlsVerify = true }));
    }

    [Fact]
    public void Resolve_UsesTlsForHttps_AndLocallyWhenOnlyTlsIsAskedFor()
    {
        var https = Assert.IsType<TcpEndpoint>(Assert.Single(Resolve(new EngineOptions { Hosts = ["https://host/base"] }).Endpoints));
        var local = Assert.IsType<TcpEndpoint>(Assert.Single(Resolve(new EngineOptions { Tls = true }).Endpoints));

        Assert.Equal((443, "/base", true), (https.Port, https.BasePath, https.Tls!.Verify));
        Assert.Equal("tcp://localhost:2376", local.ToString());
        Assert.IsType<UnixEndpoint>(Assert.Single(Resolve(new EngineOptions { Hosts = ["unix:///x"], TlsVerify = true }).Endpoints));
    }

    [Theory]
    [InlineData("1.30", "1.30")]
    [InlineData("", null)]
    public void Resolve_TakesAFixedVersion(string variable, string? expected)
        => Assert.Equal(expected, Resolve(new EngineOptions(), ("DOCKER_API_VERSION", variable)).FixedVersion?.ToString());

    [Theory]
    [InlineData("1.23")]
    [InlineData("9.9")]
    [InlineData("latest")]
    public void Resolve_RefusesAVersionThatIsNotSpoken(string variable)
        => Assert.Contains(
            variable,
            Engines.Fails(Fault.ConfigurationInvalid, () => Resolve(new EngineOptions(), ("DOCKER_API_VERSION", variable))).Message);

    private static (TlsFile?, TlsFile?) FilesOf(EngineOptions options, params (string, string)[] environment)
    {
        var endpoint = (TcpEndpoint)Resolve(options with { Hosts = ["tcp://host"] }, environment).Endpoints[0];
        return (endpoint.Tls!.CaCertificate, endpoint.Tls.Certificate);
    }

    private static EngineAddress Resolve(EngineOptions options, params (string Name, string Value)[] environment)
        => EngineAddress.Resolve(options, environment.ToDictionary(static pair => pair.Name, static pair => pair.Value));
}
