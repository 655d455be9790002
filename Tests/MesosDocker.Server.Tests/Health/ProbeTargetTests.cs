using System.Net;
using MesosDocker.Local;
using MesosDocker.Marathon;

namespace MesosDocker.Server.Tests;

public sealed class ProbeTargetTests
{
    private static readonly IPAddress s_host = IPAddress.Parse("10.0.0.1");

    [Theory]
    [InlineData("""{"id":"/a","cmd":"xx","ports":[0,0]}""", "31000,31001", """{"portIndex":1}""", "10.0.0.1:31001")]
    [InlineData("""{"id":"/a","cmd":"xx","ports":[0]}""", "31000", """{"port":99}""", "10.0.0.1:99")]
    [InlineData("""{"id":"/a","cmd":"xx","ports":[0]}""", "31000", """{"portIndex":1}""", null)]
    [InlineData("""{"id":"/a","networks":[{"mode":"container/bridge"}],"container":{"docker":{"image":"b"},"portMappings":[{"containerPort":80}]}}""", "31000", """{"portIndex":0}""", "10.0.0.1:31000")]
    [InlineData("""{"id":"/a","networks":[{"mode":"container/bridge"}],"container":{"docker":{"image":"b"},"portMappings":[{"containerPort":80}]}}""", "31000", """{"port":99}""", "10.0.0.1:99")]
    [InlineData("""{"id":"/a","networks":[{"mode":"container","name":"n"}],"container":{"docker":{"image":"b"},"portMappings":[{"containerPort":80}]}}""", "0", """{"portIndex":0}""", "172.18.0.9:80")]
    [InlineData("""{"id":"/a","networks":[{"mode":"container","name":"n"}],"container":{"docker":{"image":"b"},"portMappings":[{"containerPort":80},{"containerPort":81,"hostPort":0}]}}""", "0,31000", """{"portIndex":1}""", "10.0.0.1:31000")]
    [InlineData("""{"id":"/a","networks":[{"mode":"container","name":"n"}],"container":{"docker":{"image":"b"},"portMappings":[{"containerPort":80}]}}""", "0", """{"port":99}""", "172.18.0.9:99")]
    [InlineData("""{"id":"/a","networks":[{"mode":"container","name":"n"}],"container":{"docker":{"image":"b"},"portMappings":[{"containerPort":80}]}}""", "0", """{"portIndex":0,"ipProtocol":"IPv6"}""", "[fd00::9]:80")]
    [InlineData("""{"id":"/a","networks":[{"mode":"container","name":"n"}],"container":{"docker":{"image":"b"},"portMappings":[{"containerPort":0}]}}""", "0", """{"portIndex":0}""", null)]
    public void Of_IsWhereTheTaskAnswers(string app, string ports, string check, string? expected)
    {
        Instance instance = InstanceOf(app, ports);
        HealthCheck asked = App.FromJson(System.Text.Encoding.UTF8.GetBytes($$"""{"id":"/c","healthChecks":[{{check}}]}""")).HealthChecks![0];

        ProbeTarget? target = ProbeTarget.Of(instance, asked, s_host);

        Assert.Equal(expected, target is { } found ? new IPEndPoint(found.Address, found.Port).ToString() : null);
    }

    [Theory]
    [InlineData("admin", "10.0.0.1:31001")]
    [InlineData("nothing", null)]
    public void Of_FindsTheNamedPort_OfAReadinessCheck(string name, string? expected)
    {
        Instance instance = InstanceOf("""{"id":"/a","cmd":"xx","portDefinitions":[{"name":"web"},{"name":"admin"}]}""", "31000,31001");

        ProbeTarget? target = ProbeTarget.Of(instance, new ReadinessCheck { PortName = name }, s_host);

        Assert.Equal(expected, target is { } found ? new IPEndPoint(found.Address, found.Port).ToString() : null);
    }

    [Theory]
    [InlineData("127.0.0.1", null, "http://127.0.0.1:80/")]
    [InlineData("127.0.0.1", "ping?a=b", "http://127.0.0.1:80/ping?a=b")]
    [InlineData("::1", "/ping", "http://[::1]:80/ping")]
    public void Url_LeadsToThePath(string address, string? path, string url)
        => Assert.Equal(new Uri(url), new ProbeTarget(IPAddress.Parse(address), 80).Url("http", path));

    private static Instance InstanceOf(string app, string ports) => new()
    {
        TaskId = "a.instance-1._app.1",
        AppId = "/a",
        App = CompleteApp.Of(App.FromJson(System.Text.Encoding.UTF8.GetBytes(app))),
        Condition = InstanceCondition.Running,
        Ports = [.. ports.Split(',').Select(static port => int.Parse(port, System.Globalization.CultureInfo.InvariantCulture))],
        Addresses = ["172.18.0.9", "fd00::9"],
        StagedAt = DateTimeOffset.UnixEpoch,
    };
}
