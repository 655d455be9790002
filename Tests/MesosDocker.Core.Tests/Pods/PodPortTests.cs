using MesosDocker.Pods;

namespace MesosDocker.Core.Tests.Pods;

/// <summary>Published ports become offered ones, in every syntax that compose has for them.</summary>
public sealed class PodPortTests
{
    [Theory]

    // Short, with all its parts.
    [InlineData("['8080:80']", "31000:80")]
    [InlineData("['8080:80/tcp']", "31000:80")]
    [InlineData("['8080:80/udp']", "31000:80/udp")]
    [InlineData("['127.0.0.1:8080:80']", "127.0.0.1:31000:80")]
    [InlineData("['127.0.0.1:8080:80/udp']", "127.0.0.1:31000:80/udp")]
    [InlineData("['127.0.0.1::80']", "127.0.0.1:31000:80")]
    [InlineData("['[::1]:8080:80']", "[::1]:31000:80")]
    [InlineData("['0.0.0.0:8080:80']", "0.0.0.0:31000:80")]

    // The container's port alone.
    [InlineData("['80']", "31000:80")]
    [InlineData("[80]", "31000:80")]
    [InlineData("['80/udp']", "31000:80/udp")]
    [InlineData("['80-82']", "31000:80 31001:81 31002:82")]

    // Ranges.
    [InlineData("['8080-8082:80-82']", "31000:80 31001:81 31002:82")]
    [InlineData("['8080-8082:80-82/udp']", "31000:80/udp 31001:81/udp 31002:82/udp")]
    [InlineData("['127.0.0.1:8080-8081:80-81']", "127.0.0.1:31000:80 127.0.0.1:31001:81")]
    [InlineData("['8080-8090:80']", "31000:80")]

    // Long.
    [InlineData("[{target: 80}]", "31000:80")]
    [InlineData("[{target: 80, published: 8080}]", "31000:80")]
    [InlineData("[{target: 80, published: '8080'}]", "31000:80")]
    [InlineData("[{target: 80, published: '8080-8090'}]", "31000:80")]
    [InlineData("[{target: 80, published: 8080, protocol: udp}]", "31000:80/udp")]
    [InlineData("[{target: 80, published: 8080, host_ip: 127.0.0.1}]", "127.0.0.1:31000:80")]
    [InlineData("[{target: 80, published: 8080, mode: host, name: http, app_protocol: http}]", "31000:80")]
    [InlineData("[{target: 80, published: 0}]", "31000:80")]

    // Several, in their order.
    [InlineData("['8080:80', '443']", "31000:80 31001:443")]
    [InlineData("['443', '8080:80']", "31000:443 31001:80")]
    [InlineData("['8080:80', '8081:80']", "31000:80 31001:80")]

    // Duplicates are one, and so is a host port with two protocols or two addresses.
    [InlineData("['8080:80', '8080:80']", "31000:80")]
    [InlineData("['80', '80']", "31000:80")]
    [InlineData("['53:53/tcp', '53:53/udp', '8080:80']", "31000:53 31000:53/udp 31001:80")]
    [InlineData("['127.0.0.1:8080:80', '127.0.0.2:8080:80', '90']", "127.0.0.1:31000:80 127.0.0.2:31000:80 31001:90")]

    // Offered ports that are written already stay, wherever they stand.
    [InlineData("['31001:80', '443']", "31001:80 31000:443")]
    [InlineData("['443', '31000:80']", "31001:443 31000:80")]
    public void Published_BecomesOffered(string ports, string expected)
    {
        PodPlan plan = Plans.Of($"services: {{web: {{image: x, ports: {ports}}}}}", 31000, 31001, 31002);

        Assert.Equal(expected, Plans.Ports(plan));
    }

    [Fact]
    public void OneHostPort_OfTwoServices_StaysOne()
    {
        PodPlan plan = Plans.Of("services: {web: {image: x, ports: ['53:53/tcp']}, dns: {image: x, ports: ['53:53/udp', '54:54']}}", 1, 2);

        Assert.Equal(("1:53", "1:53/udp 2:54"), (Plans.Ports(plan), Plans.Ports(plan, "dns")));
    }

    [Fact]
    public void ServicesWithoutContainers_TakeNoPorts_AndAreNotWaitedFor()
    {
        PodPlan plan = Plans.Of("services: {web: {image: x, scale: 0, ports: ['80']}, db: {provider: {type: cloud}, ports: ['81']}, api: {image: x, ports: ['82']}}", 1);

        Assert.Equal("1:82", Plans.Ports(plan, "api"));
        Assert.Equal(["api"], plan.Services.Select(static service => service.Name));
    }

    [Fact]
    public void Services_TakeTheirPorts_InTheOrderOfTheFile()
    {
        PodPlan plan = Plans.Of("services: {web: {image: x, ports: ['80:80']}, db: {image: x, ports: ['5432:5432']}, api: {image: x, ports: ['80:8080']}}", 3, 1, 2);

        Assert.Equal(("3:80", "1:5432", "2:8080"), (Plans.Ports(plan), Plans.Ports(plan, "db"), Plans.Ports(plan, "api")));
        Assert.Equal(["web 80 3", "db 5432 1", "api 8080 2"], plan.Ports.Select(static port => $"{port.Service} {port.Target} {port.Host}"));
    }

    [Fact]
    public void TooFew_IsToldWithWhatIsMissing_BeforeAnything()
    {
        var e = Assert.Throws<MesosDockerException>(
            () => Plans.Of("services: {web: {image: x, ports: ['80:80', '443:443']}, dns: {image: x, ports: ['53:53/udp']}}", 31000));

        Assert.Equal(Fault.PortsTooFew, e.Fault);
        Assert.Equal(
            "The pod publishes 3 ports, and the task was given 1 (31000): there is none left for 443/tcp of 'web', 53/udp of 'dns'. "
                + "Let the app ask for 3 (Marathon: portDefinitions), or publish fewer.",
            e.Message);
    }

    [Fact]
    public void NoneOffered_IsToldAsNone()
    {
        var e = Assert.Throws<MesosDockerException>(() => Plans.Of("services: {web: {image: x, ports: ['80']}}"));

        Assert.Contains("publishes 1 port, and the task was given 0 (none)", e.Message);
    }

    [Fact]
    public void MoreOffered_AreLeftAlone()
    {
        PodPlan plan = Plans.Of("services: {web: {image: x, ports: ['80']}, db: {image: x}}", 31000, 31001);

        Assert.Equal("31000:80", Plans.Ports(plan));
        Assert.Equal("(none)", Plans.Value(plan, "services/db/ports"));
    }

    [Fact]
    public void HostNetwork_PublishesNothing_AndTakesNoPort()
    {
        PodPlan plan = Plans.Of("services: {web: {image: x, network_mode: host, ports: ['80:80']}, api: {image: x, ports: ['80:80']}}", 31000);

        Assert.Equal("(none)", Plans.Value(plan, "services/web/ports"));
        Assert.Equal("31000:80", Plans.Ports(plan, "api"));
        Assert.Contains("'web' has the network mode 'host'", Assert.Single(plan.Warnings));
    }

    [Fact]
    public void SharedNetwork_CannotPublish()
    {
        var e = Assert.Throws<MesosDockerException>(
            () => Plans.Of("services: {base: {image: x}, web: {image: x, network_mode: 'service:base', ports: ['80:80']}}", 31000));

        Assert.Equal(Fault.DefinitionInvalid, e.Fault);
        Assert.Contains("'web' shares the network of 'base' and cannot publish ports itself; publish them there.", e.Message);
    }

    [Fact]
    public void Replicas_WithPorts_BecomeServices_ThatAreFoundByOneName()
    {
        PodPlan plan = Plans.Of(
            """
            services:
              web: {image: x, scale: 3, ports: ['8080:80'], networks: {default: {aliases: [www]}, back: }}
              web-2: {image: x}
              proxy: {image: x, depends_on: {web: {condition: service_healthy}}}
            networks: {back: }
            """,
            1,
            2,
            3);

        Assert.Equal(["web", "web-3", "web-4", "web-2", "proxy"], plan.Services.Select(static service => service.Name));
        Assert.Equal(["web.1", "web.2", "web.3", "web-2", "proxy"], plan.Services.Select(static service => service.Shown));
        Assert.Equal(("1:80", "2:80", "3:80"), (Plans.Ports(plan), Plans.Ports(plan, "web-3"), Plans.Ports(plan, "web-4")));
        Assert.Equal("""["www","web"]""", Plans.Value(plan, "services/web-3/networks/default/aliases"));
        Assert.Equal("""["web"]""", Plans.Value(plan, "services/web-4/networks/back/aliases"));
        Assert.Equal("(none)", Plans.Value(plan, "services/web/scale"));
        Assert.Equal("""{"condition":"service_healthy"}""", Plans.Value(plan, "services/proxy/depends_on/web-4"));
        Assert.Equal(["web", "web-3", "web-4"], plan.Services[^1].DependsOn);
    }

    [Fact]
    public void Replicas_WithoutPorts_AreLeftToCompose()
    {
        PodPlan plan = Plans.Of("services: {web: {image: x, deploy: {replicas: 3}}}");

        Assert.Equal(("web", 3), (Assert.Single(plan.Services).Shown, plan.Services[0].Replicas));
        Assert.Equal("3", Plans.Value(plan, "services/web/deploy/replicas"));
    }
}
